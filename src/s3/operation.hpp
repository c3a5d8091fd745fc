// The operations of S3 that are signed for, as rows of a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace s3sign::s3 {

// What an administrator allows on a named server: the names of its option `methods`.
enum class permission : std::uint8_t { get, head, put, delete_, list, post, multipart, version };

std::optional<permission> parse_permission(std::string_view name);
std::string_view name_of(permission p);

// A set of permissions.
class permissions {
   public:
    constexpr permissions() = default;

    constexpr permissions with(permission p) const {
        permissions more = *this;
        more.bits_ |= 1u << static_cast<unsigned>(p);
        return more;
    }

    constexpr bool have(permission p) const { return bits_ >> static_cast<unsigned>(p) & 1; }

   private:
    unsigned bits_ = 0;
};

struct operation {
    std::string_view name;    // as in the function's name and in `methods`
    std::string_view method;  // of HTTP
    permission needs;
    bool reads;  // an object's download or metadata: its URL may be shared by cache_window
};

inline constexpr operation get_object{"get", "GET", permission::get, true};
inline constexpr operation head_object{"head", "HEAD", permission::head, true};
inline constexpr operation put_object{"put", "PUT", permission::put, false};
inline constexpr operation delete_object{"delete", "DELETE", permission::delete_, false};

// Whether anybody may add the query parameter to the operation (its exact name), or the header
// (in lower case) to any: neither leads out of bucket, key and method.
bool is_harmless_parameter(const operation& op, std::string_view name);
bool is_harmless_header(std::string_view name);

}  // namespace s3sign::s3
