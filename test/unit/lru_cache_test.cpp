#include "base/lru_cache.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "support.hpp"

namespace s3sign {
namespace {

struct entry {
    std::size_t key = 0;
    std::shared_ptr<int> alive = {};  // counts the entries that are not destroyed
};

class numbers {
   public:
    explicit numbers(std::uint64_t (*hash)(std::size_t)) : hash_(hash) {}

    entry* find(std::size_t key) {
        return cache_.find([&] { return hash_(key); },
                           [&](const entry& e) { return e.key == key; });
    }
    entry& add(std::size_t key, std::size_t bytes = 1) {
        return cache_.add(hash_(key), bytes, {key, alive_});
    }
    void replace(std::size_t key, std::size_t bytes) {
        find(key);
        cache_.replace_newest(bytes, {key, alive_});
    }

    std::size_t count() const { return static_cast<std::size_t>(alive_.use_count()) - 1; }
    std::uint64_t additions() const { return cache_.additions(); }

   private:
    std::shared_ptr<int> alive_ = std::make_shared<int>();
    std::uint64_t (*hash_)(std::size_t);
    lru_cache<entry> cache_;
};

using cache = lru_cache<entry>;

std::uint64_t spread(std::size_t key) { return key * 0x9e3779b97f4a7c15; }
std::uint64_t same(std::size_t) { return 7; }

// Against a list in order of use, with hashes that differ and with one hash for all.
TEST(lru_cache, agrees_with_a_list) {
    for (const auto hash : {spread, same}) {
        numbers found(hash);
        std::vector<std::size_t> expected;  // oldest first
        std::uint64_t random = 1;
        std::size_t additions = 0;
        for (int i = 0; i < 20000; i++) {
            random = random * 6364136223846793005 + 1442695040888963407;
            const auto key = static_cast<std::size_t>((random >> 33) % 1500);
            const auto place = std::ranges::find(expected, key);
            entry* const e = found.find(key);
            ASSERT_EQ(e != nullptr, place != expected.end()) << key;
            if (e == nullptr) {
                ASSERT_EQ(found.add(key).key, key);
                additions++;
                if (expected.size() == cache::most_values) expected.erase(expected.begin());
            } else {
                ASSERT_EQ(e->key, key);
                expected.erase(place);
            }
            expected.push_back(key);
            ASSERT_EQ(found.count(), expected.size());
        }
        EXPECT_EQ(found.count(), cache::most_values);
        EXPECT_EQ(found.additions(), additions);
    }
}

TEST(lru_cache, values_do_not_move) {
    numbers found(spread);
    std::vector<entry*> places;
    for (std::size_t key = 0; key < cache::most_values; key++) places.push_back(&found.add(key));
    for (std::size_t key = 0; key < cache::most_values; key++)
        EXPECT_EQ(found.find(key), places[key]);
}

TEST(lru_cache, bytes_are_bounded) {
    numbers found(spread);
    for (std::size_t key = 0; key < 30; key++) found.add(key, cache::most_bytes / 10);
    EXPECT_EQ(found.count(), 10u);
    EXPECT_FALSE(found.find(19));
    EXPECT_TRUE(found.find(20));
    found.replace(25, cache::most_bytes / 2);  // 20 and 25 are the newest
    EXPECT_EQ(found.count(), 6u);
    EXPECT_FALSE(found.find(24));
    EXPECT_TRUE(found.find(20) && found.find(26) && found.find(29));
    found.add(30, 2 * cache::most_bytes);  // alone
    EXPECT_EQ(found.count(), 1u);
    EXPECT_TRUE(found.find(30));
    found.replace(30, 1);
    for (std::size_t key = 31; key < 100; key++) found.add(key);
    EXPECT_EQ(found.count(), 70u);
}

TEST(lru_cache, destroys_what_it_has) {
    const auto alive = std::make_shared<int>();
    {
        lru_cache<entry> cache;
        for (std::size_t key = 0; key < 100; key++) cache.add(key, 1, {key, alive});
        EXPECT_EQ(alive.use_count(), 101);
    }
    EXPECT_EQ(alive.use_count(), 1);
}

}  // namespace
}  // namespace s3sign
