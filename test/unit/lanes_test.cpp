// S3SIGN_LANES=0, 8 or 16 forces a number of lanes on all unit tests; the processor must have them.
#include "lanes.hpp"

#include <cstdlib>

#include "support.hpp"

namespace s3sign {
namespace {

using sigv4::digest;

class forced_lanes : public testing::Environment {
    void SetUp() override {
        const char* const count = std::getenv("S3SIGN_LANES");
        if (count == nullptr) return;
        const auto lanes = static_cast<std::size_t>(std::atoi(count));
        ASSERT_TRUE(lanes == 0 || lanes == 8 || lanes == 16) << "S3SIGN_LANES";
        ASSERT_LE(lanes, sigv4::most_lanes()) << "S3SIGN_LANES";
        sigv4::set_lane_count(lanes);
    }
};
const auto* const environment = testing::AddGlobalTestEnvironment(new forced_lanes);

std::string text_of(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; i++) text[i] = static_cast<char>(i * i / 7 + i);
    return text;
}

std::vector<digest> hashed(const test::lane_hash& way, const std::vector<std::string_view>& texts) {
    std::vector<digest> digests(texts.size() + 1);  // one more, which must stay
    digests.back().fill(0xa5);
    way.hash(way.lanes, sigv4::initial_hash_state, 0, texts, digests.data());
    digest guard;
    guard.fill(0xa5);
    EXPECT_EQ(digests.back(), guard);
    digests.pop_back();
    return digests;
}

// Each count with each length, and messages of different lengths side by side.
TEST(lanes, hash_each_length_and_count_as_openssl_does) {
    constexpr std::size_t lengths = 2001, step = 37;  // without a common divisor
    const std::string text = text_of(lengths);
    std::vector<digest> expected;
    for (std::size_t size = 0; size < lengths; size++)
        expected.push_back(sigv4::sha256(std::string_view(text).substr(0, size)));
    for (const test::lane_hash& way : test::lane_hashes())
        for (std::size_t count = 1; count <= 40; count++)
            for (std::size_t first = 0; first < lengths; first += count) {
                std::vector<std::string_view> texts;
                for (std::size_t i = first; i < first + count; i++)
                    texts.push_back(std::string_view(text).substr(0, i * step % lengths));
                const std::vector<digest> digests = hashed(way, texts);
                for (std::size_t i = 0; i < count; i++)
                    ASSERT_EQ(digests[i], expected[texts[i].size()])
                        << texts[i].size() << " bytes, " << count << " in " << way.lanes;
            }
}

TEST(lanes, hash_nothing) {
    for (const test::lane_hash& way : test::lane_hashes())
        EXPECT_EQ(hashed(way, {}), std::vector<digest>());
}

// FIPS 180-2 appendix B and NIST's example values of SHA-256, each in each lane
TEST(lanes, fips_180) {
    const std::string million(1000000, 'a');
    const std::pair<std::string_view, std::string_view> vectors[] = {
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {million, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
         "klmnopqrlmnopqrsmnopqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    };
    for (const test::lane_hash& way : test::lane_hashes())
        for (std::size_t shift = 0; shift < std::size(vectors); shift++) {
            std::vector<std::string_view> texts;
            for (std::size_t i = 0; i < way.lanes; i++)
                texts.push_back(vectors[(i + shift) % std::size(vectors)].first);
            const std::vector<digest> digests = hashed(way, texts);
            for (std::size_t i = 0; i < way.lanes; i++)
                EXPECT_EQ(test::hex(digests[i]), vectors[(i + shift) % std::size(vectors)].second);
        }
}

TEST(lanes, continue_after_blocks) {
    const std::string text = text_of(400);
    for (const test::lane_hash& way : test::lane_hashes()) {
        sigv4::hash_state state = sigv4::initial_hash_state;
        for (std::size_t begun = 0; begun <= 3 * sigv4::block_size; begun += sigv4::block_size) {
            for (const std::size_t size : {0, 1, 55, 56, 63, 64, 73, 120, 200}) {
                const std::string_view end = std::string_view(text).substr(begun, size);
                digest result;
                way.hash(way.lanes, state, begun, {&end, 1}, &result);
                EXPECT_EQ(result, sigv4::sha256(std::string_view(text).substr(0, begun + size)));
            }
            const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
            state = way.take_block(state, bytes + begun);
        }
    }
}

TEST(lane_count, is_one_that_the_processor_has) {
    EXPECT_TRUE(sigv4::most_lanes() == 0 || sigv4::most_lanes() == 8 || sigv4::most_lanes() == 16);
    EXPECT_TRUE(sigv4::lane_count() == 0 || sigv4::lane_count() <= sigv4::most_lanes());
}

// One key for requests of different seconds, in alternation: what it keeps of one may not be used
// in the next. Counts below, at and above a group of lanes, and keys that are copied.
TEST(signing_key, signs_many_requests_as_it_signs_one) {
    const std::string text = text_of(1000);
    for (const std::size_t lanes : test::lane_counts()) {
        const test::lane_count_scope forced(lanes);
        for (const std::string_view region : {"r", "us-east-1", "a-region-of-64-bytes-or-more"}) {
            const sigv4::scope scope{"20130524", region, "s3"};
            const sigv4::signing_key first("secret", scope);
            sigv4::signing_key key("another", scope);
            key = sigv4::signing_key("secret", scope);
            for (const std::size_t count : {0, 1, 2, 3, 7, 8, 9, 10, 11, 16, 17, 19, 32, 40})
                for (const std::int64_t second : {0, 1, 0}) {
                    const sigv4::timestamp time(test::example_time + second);
                    std::vector<std::string_view> requests;
                    for (std::size_t i = 0; i < count; i++)
                        requests.push_back(std::string_view(text).substr(i, 23 * i));
                    std::vector<digest> signatures(count);
                    key.sign(time, requests, signatures.data());
                    for (std::size_t i = 0; i < count; i++) {
                        std::string to_sign(sigv4::string_to_sign_size(scope), '\0');
                        char* const end = sigv4::put_string_to_sign(to_sign.data(), time, scope,
                                                                    sigv4::sha256(requests[i]));
                        to_sign.resize(static_cast<std::size_t>(end - to_sign.data()));
                        ASSERT_EQ(signatures[i], first.sign(to_sign)) << i << " of " << count;
                    }
                }
        }
    }
}

}  // namespace
}  // namespace s3sign
