// Times in the format of SigV4.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace s3sign::sigv4 {

// The years 0001 to 9999, in seconds since 1970-01-01T00:00:00Z.
inline constexpr std::int64_t earliest_time = -62135596800;
inline constexpr std::int64_t latest_time = 253402300799;

// A time as YYYYMMDDTHHMMSSZ (ISO 8601 basic format, UTC).
class timestamp {
   public:
    // 22008 if `unix_seconds` is outside earliest_time..latest_time.
    explicit timestamp(std::int64_t unix_seconds);

    std::int64_t unix_seconds() const { return unix_seconds_; }

    std::string_view text() const { return {text_.data(), text_.size()}; }
    std::string_view date() const { return text().substr(0, 8); }  // YYYYMMDD

    // YYYY-MM-DDTHH:MM:SSZ (ISO 8601 extended format, RFC 3339). The writer (see base/text.hpp)
    // writes iso8601_size bytes.
    static constexpr std::size_t iso8601_size = 20;
    char* put_iso8601(char* out) const;
    std::string iso8601() const;

   private:
    std::int64_t unix_seconds_;
    std::array<char, 16> text_;
};

}  // namespace s3sign::sigv4
