// The operations of S3 that are signed for, as rows of a table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sigv4/request.hpp"

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

// The names, separated by commas, as the option "methods" has them.
std::string names_of(permissions p);

// A query parameter that belongs to an operation, so that a caller's `query` can't set it.
struct own_parameter {
    std::string_view name;
    std::string_view argument;     // of SQL, that sets it; empty: the operation itself does
    bool tells_operation = false;  // its presence makes the request this operation
    std::string_view value = {};   // what the operation itself sets
};

struct operation {
    std::string_view name;    // in messages
    std::string_view method;  // of HTTP
    permission needs;
    bool reads = false;      // an object's download or metadata: cache_window may round its time
    bool of_bucket = false;  // has no key
    std::span<const own_parameter> own = {};
    std::span<const std::string_view> harmless = {};  // parameters that anybody may add
};

extern const operation get_object, head_object, put_object, delete_object, list_objects,
    multipart_create, multipart_part, multipart_complete, multipart_abort, multipart_list,
    post_object;  // by a form; what a server is asked for has no query and no headers

// The one operation that a request is: the row of its method whose own parameters that tell it
// are all there. Null where there is none.
const operation* find_operation(std::string_view method, bool of_bucket,
                                std::span<const sigv4::field> query);

// The operation's own parameter of that name, whatever its case; null where it has none.
const own_parameter* find_own_parameter(const operation& op, std::string_view name);

// Whether a parameter tells an operation, or an object's version, whatever its case: such names
// are nobody's to add.
bool tells_operation(std::string_view name);

// Whether anybody may add the query parameter to the operation (its exact name), the header (in
// lower case) to any, or the field (in lower case) to a form: none leads out of bucket, key and
// method.
bool is_harmless_parameter(const operation& op, std::string_view name);
bool is_harmless_header(std::string_view name);
bool is_harmless_form_field(std::string_view name);

// Whether the form itself sets the field (in lower case).
bool is_own_form_field(std::string_view name);

}  // namespace s3sign::s3
