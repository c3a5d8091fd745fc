// Module entry point.
#include "pg/magic.hpp"

PG_MODULE("s3sign", S3SIGN_VERSION)
