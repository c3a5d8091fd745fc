// The S3 operations that s3sign signs, as rows of a table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sigv4/request.hpp"

namespace s3sign::s3 {

// What a foreign server's option `methods` can allow.
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

// A query parameter that belongs to an operation. A caller's `query` can't set it.
struct own_parameter {
    std::string_view name;
    std::string_view argument;     // the SQL argument that sets it; empty: the operation sets it
    bool tells_operation = false;  // a request with it is this operation
    std::string_view value = {};   // set by the operation
};

// What a request does for an upload.
enum class upload_step : std::uint8_t { none, put, create, part, complete, form };

struct operation {
    std::string_view name;    // in messages
    std::string_view method;  // HTTP method
    permission needs;
    bool reads = false;      // reads an object or its metadata: cache_window applies
    bool of_bucket = false;  // has no key
    std::span<const own_parameter> own = {};
    std::span<const std::string_view> harmless = {};          // parameters that any caller may add
    std::span<const std::string_view> harmless_headers = {};  // beside those of every operation
    upload_step step = upload_step::none;
};

extern const operation get_object, head_object, put_object, delete_object, list_objects,
    multipart_create, multipart_part, multipart_complete, multipart_abort, multipart_list,
    post_object;  // a POST form: no query, no headers

// The operation of a request: the row with its method whose `tells_operation` parameters are all in
// `query`. Null if there is none.
const operation* find_operation(std::string_view method, bool of_bucket,
                                std::span<const sigv4::field> query);

// The operation's own parameter of that name, in any case; null if there is none.
const own_parameter* find_own_parameter(const operation& op, std::string_view name);

// True if a parameter selects an operation or an object's version, in any case. No caller may add
// such a parameter.
bool tells_operation(std::string_view name);

// True if any caller may add the query parameter (exact name) or the header (lower case) to the
// operation, or the field (lower case) to a form: it can't change bucket, key or method.
bool is_harmless_parameter(const operation& op, std::string_view name);
bool is_harmless_header(const operation& op, std::string_view name);
bool is_harmless_form_field(std::string_view name);

// True if the form sets the field (lower case).
bool is_own_form_field(std::string_view name);

}  // namespace s3sign::s3
