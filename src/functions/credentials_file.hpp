// A credentials file on the database host, read as the operating system user of the server.
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>
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

    std::string_view content() const { return {content_.bytes.data(), content_.bytes.size()}; }

    // The file's state when it was read. Equals no file's if a change might go unnoticed.
    const file_state& state() const { return state_; }

   private:
    wiped_bytes content_;
    file_state state_;
};

}  // namespace s3sign
