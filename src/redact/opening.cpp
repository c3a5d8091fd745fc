#include "redact/opening.hpp"

#include "base/ascii.hpp"

namespace s3sign::redact {
namespace {

void take_type(reader& r) {
    reader ahead = r;
    if (ahead.take("string(") && ahead.take_while(is_digit, 10) > 0 && ahead.take(") ")) r = ahead;
}

}  // namespace

bool take_quote(reader& r, opening& o) {
    const character c = r.next();
    if (!r.take_one_of(quotes)) return false;
    o.quote = c.value;
    o.quote_size = c.size;
    return true;
}

void take_opening(reader& r, opening& o) {
    if (r.take('[')) {
        if (r.take(']')) r.take("string{");
        r.take_blanks();
    }
    take_type(r);
    reader after_prefix = r;
    if (after_prefix.take_one_of("bure") && take_quote(after_prefix, o))
        r = after_prefix;
    else
        take_quote(r, o);
}

}  // namespace s3sign::redact
