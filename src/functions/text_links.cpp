#include "functions/text_links.hpp"

#include <optional>

#include "base/text.hpp"
#include "pg/encoding.hpp"
#include "s3/character_reference.hpp"
#include "s3/link_scanner.hpp"

namespace s3sign {
namespace {

constexpr std::string_view html_ampersand = "&amp;";

std::size_t html_size(std::string_view replacement) {
    std::size_t size = replacement.size();
    // std::count() reads byte by byte.
    for (std::size_t i = replacement.find('&'); i != replacement.npos;
         i = replacement.find('&', i + 1))
        size += html_ampersand.size() - 1;
    return size;
}

char* put_html(char* out, std::string_view replacement) {
    while (true) {
        out = put(out, take_until(replacement, '&'));
        if (replacement.empty()) return out;
        out = put(out, html_ampersand);
        replacement.remove_prefix(1);
    }
}

}  // namespace

void text_links::find(std::string_view content) noexcept {
    using event = s3::link_scanner::event;
    s3::link_scanner scanner(content);
    for (event e = scanner.next(); e != event::end && found_ < most; e = scanner.next()) {
        CHECK_FOR_INTERRUPTS();
        if (e == event::link) add(content, scanner.link());
    }
    texts_++;
}

void text_links::add(std::string_view content, std::string_view found) {
    const auto link = reader_.find(found, work_.data());
    // Longer than any path of a key, also if each character of it is «&#0000038;».
    if (!link || link->path.size() > s3::longest_reference * work_.size()) return;
    std::optional<std::string_view> key;
    memory_.use([&] {
        const auto path = pg::to_utf8(link->path);
        if (path) key = reader_.key_of(*link, *path, work_.data());
    });
    if (!key) return;
    found_++;
    if (!allowed_.have(*key)) return;
    links_.add({texts_, static_cast<std::size_t>(found.data() - content.data()), link->size,
                keys_.add(*key), link->has_reference});
}

std::span<const text_links::link> text_links::take_links() {
    const auto rest = links_.items().subspan(replaced_);
    std::size_t count = 0;
    while (count < rest.size() && rest[count].text == replaced_texts_) count++;
    replaced_texts_++;
    replaced_ += count;
    return rest.first(count);
}

text* text_links::replace(std::string_view content,
                          std::span<const std::string_view> replacements) noexcept {
    CHECK_FOR_INTERRUPTS();
    const auto links = take_links();
    std::size_t size = content.size();
    for (const link& l : links) {
        const std::string_view by = replacements[l.key];
        size += (l.has_reference ? html_size(by) : by.size()) - l.size;
    }
    pg::text_builder result(size);
    char* out = result.begin();
    std::size_t copied = 0;
    for (const link& l : links) {
        out = put(out, content.substr(copied, l.begin - copied));
        out = l.has_reference ? put_html(out, replacements[l.key]) : put(out, replacements[l.key]);
        copied = l.begin + l.size;
    }
    return result.finish(put(out, content.substr(copied)));
}

}  // namespace s3sign
