// Settings, one of which only superusers may see.
#include <optional>
#include <string_view>

#include "pg/function.hpp"
#include "pg/memory.hpp"
#include "pg/setting.hpp"

namespace s3sign {
namespace {

char* open_value;
char* secret_value;

void define(const char* name, char** value, const char* initial, int flags) {
    ::DefineCustomStringVariable(name, "a setting of the tests", nullptr, value, initial, PGC_SUSET,
                                 flags, nullptr, nullptr, nullptr);
}

std::optional<std::string_view> setting(std::string_view name) {
    return pg::read_setting(pg::terminated(name));
}

}  // namespace

PG_FUNCTION(framework_setting, setting)

}  // namespace s3sign

extern "C" PGDLLEXPORT void _PG_init();

void _PG_init() {
    s3sign::define("framework.open", &s3sign::open_value, "open", 0);
    s3sign::define("framework.secret", &s3sign::secret_value, "secret", GUC_SUPERUSER_ONLY);
}
