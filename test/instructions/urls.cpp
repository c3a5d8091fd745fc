// Signs as many URLs as its first argument says, as rows of a query do, with keys of the kind of
// the second; of the kind "verify" it verifies plain ones. To be counted by callgrind.
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "../../bench/requests.hpp"

namespace {

using namespace s3sign::bench;

int verify(std::size_t count) {
    core c;
    std::vector<std::string> urls;
    for (const std::string& key : plain) urls.emplace_back(c.row(key));
    verifier v;
    for (std::size_t i = 0; i < count; i++)
        if (!v.matches(urls[i % urls.size()])) return 1;
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    if (std::strcmp(argv[2], "verify") == 0)
        return verify(static_cast<std::size_t>(std::atoi(argv[1])));
    core c;
    if (c.row("test.txt") != documented_url) return 1;
    const key_list& keys = std::strcmp(argv[2], "hard") == 0 ? hard : plain;
    const auto count = static_cast<std::size_t>(std::atoi(argv[1]));
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < count; i++) bytes += c.row(keys[i % keys.size()]).size();
    return bytes > 200 * count ? 0 : 1;
}
