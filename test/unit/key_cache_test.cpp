#include "sigv4/key_cache.hpp"

#include <cstdlib>
#include <new>

#include "sigv4/signature.hpp"
#include "support.hpp"

namespace {

// Where it is not negative, so many allocations succeed and the next one fails.
int allocations_left = -1;

void* allocate(std::size_t size) {
    if (allocations_left == 0) return nullptr;
    if (allocations_left > 0) allocations_left--;
    return std::malloc(size == 0 ? 1 : size);
}

}  // namespace

void* operator new(std::size_t size) {
    if (void* memory = allocate(size)) return memory;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace s3sign {
namespace {

constexpr std::size_t capacity = 1024;

struct key_of {
    std::string secret, date, region, service;

    sigv4::scope scope() const { return {date, region, service}; }
    bool operator==(const key_of&) const = default;
};

template <class Key>
sigv4::digest signed_by(Key&& key) {
    return key.sign(sigv4::timestamp(test::example_time), {});
}

// Whether the cache gives the key that is derived anew.
testing::AssertionResult is_right(sigv4::key_cache& cache, const key_of& k) {
    const sigv4::digest cached = signed_by(cache.get(k.secret, k.scope()));
    const sigv4::digest derived = signed_by(sigv4::signing_key(k.secret, k.scope()));
    return cached == derived ? testing::AssertionSuccess() : testing::AssertionFailure();
}

TEST(key_cache, gives_the_same_key_again) {
    sigv4::key_cache cache;
    const key_of k{"secret", "20130524", "us-east-1", "s3"};
    EXPECT_TRUE(is_right(cache, k));
    const auto* first = &cache.get(k.secret, k.scope());
    EXPECT_EQ(&cache.get(k.secret, k.scope()), first);
    EXPECT_TRUE(is_right(cache, k));
}

TEST(key_cache, tells_secret_date_region_and_service_apart) {
    sigv4::key_cache cache;
    // the last: what joining the parts without a border would take for the first
    const key_of keys[] = {
        {"secret", "20130524", "us-east-1", "s3"},  {"secret2", "20130524", "us-east-1", "s3"},
        {"secret", "20130525", "us-east-1", "s3"},  {"secret", "20130524", "us-east-2", "s3"},
        {"secret", "20130524", "us-east-1", "sts"}, {"", "20130524", "us-east-1", "s3"},
        {"secret", "20130524", "us-east-1s", "3"},
    };
    for (int round = 0; round < 2; round++)
        for (const key_of& k : keys) EXPECT_TRUE(is_right(cache, k)) << k.secret << k.date;
    for (const key_of& a : keys)
        for (const key_of& b : keys) {
            if (a == b) continue;
            EXPECT_NE(signed_by(cache.get(a.secret, a.scope())),
                      signed_by(cache.get(b.secret, b.scope())));
        }
}

TEST(key_cache, the_one_not_asked_for_longest_makes_room) {
    sigv4::key_cache cache;
    const auto key = [](std::size_t i) {
        return key_of{"secret" + std::to_string(i), "20130524", "us-east-1", "s3"};
    };
    for (std::size_t i = 0; i < capacity; i++) cache.get(key(i).secret, key(i).scope());
    EXPECT_EQ(cache.additions(), capacity);
    std::vector<const sigv4::signing_key*> places;  // which no longer change
    for (std::size_t i = 0; i < capacity; i++)
        places.push_back(&cache.get(key(i).secret, key(i).scope()));
    EXPECT_EQ(cache.additions(), capacity);

    const auto is_cached = [&](std::size_t i) {
        return cache.find(sigv4::key_cache::fingerprint_of(key(i).secret), key(i).scope());
    };
    constexpr std::size_t forgotten = 5;
    for (std::size_t i = 0; i < capacity; i++) {
        if (i == forgotten) continue;
        EXPECT_EQ(is_cached(i), places[i]);
    }
    EXPECT_TRUE(is_right(cache, key(capacity)));
    EXPECT_FALSE(is_cached(forgotten));
    for (std::size_t i = 0; i < capacity; i++) {
        if (i == forgotten) continue;
        EXPECT_EQ(is_cached(i), places[i]);
    }
    EXPECT_TRUE(is_right(cache, key(forgotten)));
}

TEST(key_cache, lends_keys_without_dropping_one) {
    sigv4::key_cache cache;
    const key_of own{"secret", "20130524", "us-east-1", "s3"};
    const auto* const cached = &cache.get(own.secret, own.scope());
    const auto fingerprint = sigv4::key_cache::fingerprint_of(own.secret);
    for (std::size_t i = 0; i < 2 * capacity; i++) {
        const key_of strange{own.secret, "20130525", "region" + std::to_string(i), "s3"};
        auto& lent = cache.lend(strange.secret, strange.scope());
        EXPECT_EQ(signed_by(sigv4::signing_key(strange.secret, strange.scope())), signed_by(lent));
        EXPECT_EQ(cache.find_any(fingerprint, strange.scope()), &lent);
        EXPECT_EQ(cache.find(fingerprint, strange.scope()), nullptr);
    }
    EXPECT_EQ(cache.additions(), 1u);
    EXPECT_EQ(cache.find_any(fingerprint, own.scope()), cached);
}

TEST(key_cache, keeps_a_lent_key) {
    sigv4::key_cache cache;
    const key_of k{"secret", "20130524", "us-east-1", "s3"};
    const auto fingerprint = sigv4::key_cache::fingerprint_of(k.secret);
    sigv4::signing_key& kept = cache.keep(cache.lend(k.secret, k.scope()));
    EXPECT_EQ(cache.find(fingerprint, k.scope()), &kept);
    EXPECT_EQ(cache.additions(), 1u);
    EXPECT_EQ(&cache.keep(kept), &kept);
    EXPECT_EQ(cache.additions(), 1u);
    EXPECT_TRUE(is_right(cache, k));
}

TEST(key_cache, stays_right_far_over_its_capacity) {
    sigv4::key_cache cache;
    for (int i = 0; i < 5000; i++)
        EXPECT_TRUE(is_right(cache, {"s" + std::to_string(i * i % 1013), "20130524",
                                     "r" + std::to_string(i % 5), "s3"}));
    EXPECT_GT(cache.additions(), 2 * capacity);
}

// Empty, beside each growth of its index, and when it is full.
TEST(key_cache, an_exception_leaves_it_whole) {
    // names too long for a string's own memory, so that keeping them allocates
    const key_of big{"new", "20130524", std::string(60, 'r'), std::string(60, 's')};
    for (const std::size_t count : {0, 1, 15, 16, 17, 512, 1023, 1024}) {
        sigv4::key_cache cache;
        std::vector<key_of> keys;
        for (std::size_t i = 0; i < count; i++)
            keys.push_back({"secret" + std::to_string(i), "20130524", "us-east-1", "s3"});
        for (const key_of& k : keys) cache.get(k.secret, k.scope());

        int failures = 0;
        for (int left = 0;; left++) {
            allocations_left = left;
            try {
                cache.get(big.secret, big.scope());
                break;
            } catch (const std::bad_alloc&) {
                failures++;
            }
            allocations_left = -1;
            for (const key_of& k : keys) ASSERT_TRUE(is_right(cache, k));
            ASSERT_EQ(cache.additions(), count);
        }
        allocations_left = -1;
        EXPECT_GE(failures, 2);
        EXPECT_EQ(cache.additions(), count + 1);
        EXPECT_TRUE(is_right(cache, big));
        for (const key_of& k : keys) EXPECT_TRUE(is_right(cache, k));
    }
}

TEST(key_cache, an_exception_leaves_a_lent_key) {
    sigv4::key_cache cache;
    const key_of k{"secret", "20130524", std::string(60, 'r'), std::string(60, 's')};
    sigv4::signing_key& lent = cache.lend(k.secret, k.scope());
    const sigv4::digest expected = signed_by(lent);
    int failures = 0;
    for (int left = 0;; left++) {
        allocations_left = left;
        try {
            cache.keep(lent);
            break;
        } catch (const std::bad_alloc&) {
            failures++;
        }
        allocations_left = -1;
        ASSERT_EQ(cache.additions(), 0u);
        ASSERT_EQ(signed_by(lent), expected);
    }
    allocations_left = -1;
    EXPECT_GE(failures, 2);
    EXPECT_EQ(signed_by(cache.get(k.secret, k.scope())), expected);
    EXPECT_EQ(cache.additions(), 1u);
}

}  // namespace
}  // namespace s3sign
