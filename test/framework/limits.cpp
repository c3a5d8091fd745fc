// Where something comes to its end: memory, the client's patience.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pg/boundary.hpp"
#include "pg/function.hpp"

namespace s3sign {
namespace {

// Memory of the C++ heap, for a moment; the destructor of the first has to run where there is none
// for the second.
std::int64_t hoard(std::int64_t bytes) {
    const std::vector<char> first(1000, 'x');
    const std::vector<char> second(static_cast<std::size_t>(bytes), 'y');
    // GCC 16 leaves memory out that nobody looks at.
    const char* volatile looked_at = first.data();
    looked_at = second.data();
    return looked_at != nullptr ? static_cast<std::int64_t>(second.size()) : 0;
}

// Cancels its own statement and goes on; a handler of std::exception can't keep it alive.
std::string_view cancel_itself() {
    const std::string owned(1000, 'x');
    try {
        pg::call([] { ::DirectFunctionCall1(::pg_cancel_backend, Int32GetDatum(MyProcPid)); });
        while (true) pg::call([] { CHECK_FOR_INTERRUPTS(); });
    } catch (const std::exception&) {
        return "swallowed";
    }
}

}  // namespace

PG_FUNCTION(framework_hoard, hoard)
PG_FUNCTION(framework_cancel_itself, cancel_itself)

}  // namespace s3sign
