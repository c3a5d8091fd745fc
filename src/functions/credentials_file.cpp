#include "functions/credentials_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <ctime>
#include <system_error>
#include <type_traits>

#include <openssl/crypto.h>

#include "base/error.hpp"
#include "pg/postgres.hpp"

namespace s3sign {
namespace {

constexpr off_t largest_file = off_t{64} * 1024;

[[noreturn]] void fail(std::string reason, std::string hint = {}) {
    throw error(code::io_error, "credentials file " + std::move(reason), std::move(hint));
}

[[noreturn]] void fail_with(int error_number) {
    fail("cannot be read: " + std::generic_category().message(error_number),
         error_number == EACCES ? "PostgreSQL's operating system user needs permission to read it, "
                                  "and to search its folder."
                                : "");
}

bool same(const timespec& a, const timespec& b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

file_state state_of(const struct stat& s) {
    return {s.st_dev, s.st_ino, s.st_size, s.st_mtim, s.st_ctim};
}

// An open file, closed by the destructor.
struct descriptor {
    int number;
    explicit descriptor(int n) : number(n) {}
    ~descriptor() {
        if (number >= 0) ::close(number);
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
};

struct stat stat_open_file(const descriptor& file) {
    struct stat s;
    if (::fstat(file.number, &s) != 0) fail_with(errno);
    return s;
}

// True if a further change might leave the times as they are: file systems store times in steps of
// some milliseconds, a second or, FAT, two.
bool may_change_unseen(const file_state& s) { return s.changed.tv_sec + 2 >= ::time(nullptr); }

// True for the last two seconds. A time in the future is another machine's, or was set by hand.
bool is_recent(const timespec& time) {
    constexpr std::int64_t second = 1000000000;
    timespec now;
    ::clock_gettime(CLOCK_REALTIME, &now);
    const std::int64_t age =
        (std::int64_t{now.tv_sec} - time.tv_sec) * second + now.tv_nsec - time.tv_nsec;
    return age >= 0 && age < 2 * second;
}

// Microseconds.
std::int64_t monotonic_time() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

}  // namespace

bool file_state::operator==(const file_state& other) const {
    return device == other.device && inode == other.inode && size == other.size &&
           same(modified, other.modified) && same(changed, other.changed);
}

file_state stat_file(const std::string& path) {
    struct stat s;
    if (::stat(path.c_str(), &s) != 0) fail_with(errno);
    return state_of(s);
}

secret_file::secret_file(const std::string& path) {
    // O_NONBLOCK: opening a FIFO would wait for its writer.
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.number < 0) fail_with(errno);
    const struct stat before = stat_open_file(file);
    if (!S_ISREG(before.st_mode)) fail("is not a regular file");
    if ((before.st_mode & (S_IWGRP | S_IRWXO)) != 0)
        fail("can be read or written by others",
             "Its permissions should be 0600, or 0640 with a group of the server's.");
    if (before.st_size > largest_file) fail("is larger than 64 kB");

    std::vector<char>& bytes = content_.bytes;
    bytes.resize(static_cast<std::size_t>(before.st_size));
    std::size_t size = 0;
    while (size < bytes.size()) {
        const ssize_t n = ::read(file.number, bytes.data() + size, bytes.size() - size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail_with(errno);
        if (n == 0) break;
        size += static_cast<std::size_t>(n);
    }
    state_ = state_of(before);
    changed_ = size != bytes.size() || !(state_of(stat_open_file(file)) == state_);
    young_ = is_recent(state_.modified);
}

void secret_file::check_unchanged() const {
    if (changed_)
        fail("changed while it was read", "Replace it by renaming a complete file over it.");
}

file_state secret_file::lasting_state() const {
    return may_change_unseen(state_) ? file_state{} : state_;
}

bool file_wait::may_continue(const secret_file& file) {
    constexpr std::int64_t longest_wait = 200000;
    const std::int64_t now = monotonic_time();
    if (first_reading_ == 0) first_reading_ = now;
    return file.is_young() && now - first_reading_ < longest_wait;
}

bool file_wait::is_settled(const secret_file& file) {
    constexpr std::int64_t shortest_rest = 20000;
    const std::int64_t now = monotonic_time();
    if (!(file.state() == same_)) {
        same_ = file.state();
        same_since_ = now;
    }
    return now - same_since_ >= shortest_rest;
}

void file_wait::sleep() {
    constexpr long step = 5000;
    ::pg_usleep(step);
    CHECK_FOR_INTERRUPTS();
}

static_assert(std::is_trivially_destructible_v<file_wait>);

wiped_bytes::~wiped_bytes() { OPENSSL_cleanse(bytes.data(), bytes.size()); }

}  // namespace s3sign
