// Times as SigV4 writes them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace s3sign::sigv4 {

// The seconds since 1970-01-01T00:00:00Z that have a four-digit year, 0001 to 9999.
inline constexpr std::int64_t earliest_time = -62135596800;
inline constexpr std::int64_t latest_time = 253402300799;

// «YYYYMMDDTHHMMSSZ» (ISO 8601 basic format, UTC) and the date that begins it.
class timestamp {
   public:
    // `unix_seconds` within earliest_time..latest_time, else 22008.
    explicit timestamp(std::int64_t unix_seconds);

    std::int64_t unix_seconds() const { return unix_seconds_; }

    std::string_view text() const { return {text_.data(), text_.size()}; }
    std::string_view date() const { return text().substr(0, 8); }

    // «YYYY-MM-DDTHH:MM:SSZ» (ISO 8601 extended format, RFC 3339).
    std::string iso8601() const;

   private:
    std::int64_t unix_seconds_;
    std::array<char, 16> text_;
};

}  // namespace s3sign::sigv4
