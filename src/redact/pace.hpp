// Counts the bytes that a scan reads, each time it reads them.
#pragma once

#include <cstddef>

namespace s3sign::redact {

// Calls `pause` each time that `interval` bytes have been read: the caller may look for a cancel
// there. `pause` may leave by longjmp; nothing in src/redact has a destructor.
class pace {
   public:
    static constexpr std::size_t interval = 65536;

    explicit pace(void (*pause)() = nullptr) : pause_(pause) {}

    void add(std::size_t bytes) {
        steps_ += bytes;
        if (steps_ >= next_) [[unlikely]]
            reach();
    }

    std::size_t steps() const { return steps_; }

   private:
    void reach() {
        next_ = steps_ + interval;
        if (pause_ != nullptr) pause_();
    }

    void (*pause_)();
    std::size_t steps_ = 0;
    std::size_t next_ = interval;
};

}  // namespace s3sign::redact
