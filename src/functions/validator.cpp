// s3sign_validator: checks the options of CREATE and ALTER SERVER, USER MAPPING, FOREIGN DATA
// WRAPPER and FOREIGN TABLE. PostgreSQL passes all options that the object will have, not only
// those that change.
#include <span>

#include "base/error.hpp"
#include "functions/arguments.hpp"
#include "pg/foreign.hpp"
#include "pg/function.hpp"
#include "s3/server_options.hpp"

namespace s3sign {
namespace {

void check_server_options(std::span<const sigv4::field> options, bool by_superuser) {
    const s3::server_options server = s3::parse_server_options(options);
    if (server.credentials_file && !by_superuser)
        throw error(code::insufficient_privilege,
                    "only a superuser may set options of a server with \"credentials_file\"",
                    "It is a file of the database host.");
}

void validate(pg::option_array array, Oid catalog) {
    const auto options = to_fields(pg::to_options(array.value));
    const bool by_superuser = ::superuser();
    switch (catalog) {
        case ForeignServerRelationId:
            return check_server_options(options, by_superuser);
        case UserMappingRelationId:
            return static_cast<void>(s3::parse_mapping_options(options));
        case ForeignTableRelationId:
        case AttributeRelationId:
            // Without a handler such a table breaks information_schema for every role.
            throw error(code::feature_not_supported, "s3sign servers do not support foreign tables",
                        "An s3sign server signs URLs; it holds no data.");
        default:
            return s3::check_no_options(options);
    }
}

}  // namespace

PG_FUNCTION(s3sign_validator, validate)

}  // namespace s3sign
