// s3sign_version: the release of the library, which may differ from that of the SQL script.
#include <string_view>

#include "pg/function.hpp"

namespace s3sign {
namespace {

std::string_view version() { return S3SIGN_VERSION; }

}  // namespace

PG_FUNCTION(s3sign_version, version)

}  // namespace s3sign
