// Reading a credentials file of the database host, as the server's user.
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>
#include <vector>

namespace s3sign {

// What tells one state of a file from the next.
struct file_state {
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = -1;
    timespec modified = {};
    timespec changed = {};

    bool operator==(const file_state& other) const;
};

// The state of the file at `path` now; 58030 where it can't be looked at.
file_state look_at_file(const std::string& path);

// Bytes that are wiped when they go.
struct wiped_bytes {
    std::vector<char> bytes;

    wiped_bytes() = default;
    ~wiped_bytes();
    wiped_bytes(const wiped_bytes&) = delete;
    wiped_bytes& operator=(const wiped_bytes&) = delete;
};

// A file with a secret.
class secret_file {
   public:
    // A regular file of at most 64 kB that others can neither read nor write, else 58030. Messages
    // hold nothing of the content.
    explicit secret_file(const std::string& path);

    std::string_view content() const { return {content_.bytes.data(), content_.bytes.size()}; }

    // The state that the content is of.
    const file_state& state() const { return state_; }

   private:
    wiped_bytes content_;
    file_state state_;
};

}  // namespace s3sign
