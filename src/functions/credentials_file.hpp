// A credentials file on the database host, read as the operating system user of the server.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace s3sign {

// What changes when a file is changed.
struct file_state {
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = -1;
    timespec modified = {};
    timespec changed = {};

    bool operator==(const file_state& other) const;
};

// The current state of the file at `path`; 58030 if stat() fails.
file_state stat_file(const std::string& path);

// Bytes that the destructor wipes.
struct wiped_bytes {
    std::vector<char> bytes;

    wiped_bytes() = default;
    ~wiped_bytes();
    wiped_bytes(const wiped_bytes&) = delete;
    wiped_bytes& operator=(const wiped_bytes&) = delete;
};

// The content of a file that holds a secret.
class secret_file {
   public:
    // 58030 unless it is a regular file of at most 64 kB that only its owner can write and only
    // owner and group can read.
    // Messages never show the content.
    explicit secret_file(const std::string& path);

    std::span<char> content() { return content_.bytes; }

    // 58030 if the file changed while it was read.
    void check_unchanged() const;

    // True if it was written in the last two seconds, so that it may not be complete.
    bool is_young() const { return young_; }

    // The file's state when it was read.
    const file_state& state() const { return state_; }

    // The same, or one that equals no file's if a change might go unnoticed.
    file_state lasting_state() const;

   private:
    wiped_bytes content_;
    file_state state_;
    bool changed_ = false;
    bool young_ = false;
};

// Waits for a file that is being written: a young file is read again every 5 ms, for 200 ms in all.
// Has no destructor and holds no content, so a server error may jump over it.
class file_wait {
   public:
    // True if `file`, as it was just read, may be incomplete and there is time to read it again.
    bool may_continue(const secret_file& file);

    // True if the file has been the same for 20 ms.
    bool is_settled(const secret_file& file);

    // Sleeps until the next reading. Raises a server error if the query is cancelled.
    static void sleep();

   private:
    std::int64_t first_reading_ = 0;  // microseconds of a monotonic clock; 0: none yet
    std::int64_t same_since_ = 0;
    file_state same_;
};

}  // namespace s3sign
