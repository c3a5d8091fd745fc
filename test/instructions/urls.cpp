// Signs as many URLs as its first argument says, with keys of the kind of the second, as rows of a
// query do. To be counted by callgrind.
#include <cstdlib>
#include <cstring>

#include "../../bench/requests.hpp"

int main(int argc, char** argv) {
    using namespace s3sign::bench;
    if (argc != 3) return 2;
    core c;
    if (c.row("test.txt") != documented_url) return 1;
    const key_list& keys = std::strcmp(argv[2], "hard") == 0 ? hard : plain;
    const auto count = static_cast<std::size_t>(std::atoi(argv[1]));
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < count; i++) bytes += c.row(keys[i % keys.size()]).size();
    return bytes > 200 * count ? 0 : 1;
}
