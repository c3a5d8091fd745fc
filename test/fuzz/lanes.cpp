// SHA-256 side by side against OpenSSL's: messages, split at NUL, after whole blocks of the first.
#include "../unit/lanes.hpp"

#include "../unit/reference.hpp"
#include "fuzz.hpp"

namespace s3sign::fuzz {

void fuzz(input bytes) {
    static const std::vector<test::lane_hash> ways = test::lane_hashes();
    const std::string begin = bytes.next();
    const std::size_t whole = begin.size() / sigv4::block_size * sigv4::block_size;
    std::vector<std::unique_ptr<char[]>> memory;  // where AddressSanitizer watches each end
    std::vector<std::string_view> messages;
    std::vector<std::string> expected;
    while (!bytes.is_empty()) {
        const std::string text = bytes.next();
        memory.emplace_back(new char[text.size()]);
        text.copy(memory.back().get(), text.size());
        messages.push_back({memory.back().get(), text.size()});
        expected.push_back(reference::base16(reference::sha256(begin.substr(0, whole) + text)));
    }
    for (const test::lane_hash& way : ways) {
        sigv4::hash_state state = sigv4::initial_hash_state;
        for (std::size_t at = 0; at < whole; at += sigv4::block_size)
            state =
                way.take_block(state, reinterpret_cast<const unsigned char*>(begin.data()) + at);
        const std::unique_ptr<sigv4::digest[]> digests(new sigv4::digest[messages.size()]);
        way.hash(way.lanes, state, whole, messages, digests.get());
        for (std::size_t i = 0; i < messages.size(); i++)
            same(reference::base16(std::string(sigv4::bytes(digests[i]))), expected[i], "digest");
    }
}

}  // namespace s3sign::fuzz
