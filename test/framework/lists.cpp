// Lists that grow.
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "pg/function.hpp"
#include "pg/list.hpp"
#include "pg/memory.hpp"
#include "pg/postgres.hpp"

namespace s3sign {
namespace {

static_assert(std::is_trivially_destructible_v<pg::list<std::string_view>>);

struct item {
    std::int64_t number = 0;
    std::string_view word;
};

// The numbers from 1 on, each with a word: how many items there are, whether each is what was
// added, and the bytes of their memory context.
std::tuple<std::int64_t, bool, std::int64_t> count(std::int64_t last, std::string_view word) {
    MemoryContext const own =
        AllocSetContextCreate(CurrentMemoryContext, "list", ALLOCSET_DEFAULT_SIZES);
    MemoryContext const outer = ::MemoryContextSwitchTo(own);
    pg::list<item> list;
    for (std::int64_t i = 1; i <= last; i++) list.add({i, word});
    ::MemoryContextSwitchTo(outer);

    bool same = list.items().size() == list.size();
    std::int64_t number = 0;
    for (const item& one : list.items())
        same = same && one.number == ++number && one.word.data() == word.data();
    const auto size = static_cast<std::int64_t>(list.size());
    const auto memory = static_cast<std::int64_t>(::MemoryContextMemAllocated(own, true));
    ::MemoryContextDelete(own);
    return {size, same, memory};
}

}  // namespace

PG_FUNCTION(framework_list, count)

}  // namespace s3sign
