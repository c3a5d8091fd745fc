// Where an error was thrown, as LOCATION tells it: the lines below are in expected/location.out.
#include "base/error.hpp"
#include "pg/boundary.hpp"
#include "pg/function.hpp"

namespace s3sign {
namespace {

bool throw_here() {
    throw error("22012", "an error");  // line 10
}

bool literal_here() {
    invalid("a literal");  // line 14
}

bool string_here() {
    invalid("a string" + std::string(), "A hint.");  // line 18
}

[[noreturn]] void refuse(source_location where = source_location::current()) {
    throw error(code::io_error, "a helper's error", "", where);
}

bool helper_here() {
    refuse();  // line 26
}

void server_here() { ereport(ERROR, (::errmsg("a server error"))); }  // line 29

bool guarded_here() {
    pg::call(server_here);
    return true;
}

}  // namespace

PG_FUNCTION(framework_throw_here, throw_here)
PG_FUNCTION(framework_literal_here, literal_here)
PG_FUNCTION(framework_string_here, string_here)
PG_FUNCTION(framework_helper_here, helper_here)
PG_FUNCTION(framework_guarded_here, guarded_here)

}  // namespace s3sign
