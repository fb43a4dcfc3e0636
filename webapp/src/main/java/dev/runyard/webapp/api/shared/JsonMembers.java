package dev.runyard.webapp.api.trigger;

import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonText;
import dev.runyard.webapp.api.shared.JsonText.Member;
import dev.runyard.webapp.api.shared.StorableText;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/// Members of an object in the body, each read as the type that it must have.
///
/// @param path where the object stands, such as `options`
/// @param members those that are not null
/// @param json takes nested objects apart
record Options(String path, Map<String, Member> members, JsonText json) {

    static Options of(String path, Optional<Member> member, JsonText json) {
        if (member.isEmpty()) {
            return new Options(path, Map.of(), json);
        }
        return json.members(member.get().text())
                .filter(_ -> !member.get().isString())
                .map(members -> new Options(path, members, json))
                .orElseThrow(() -> ApiException.invalid(path, "must be an object"));
    }

    Optional<Member> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    Options object(String name) {
        return of(path + "." + name, get(name), json);
    }

    /// Reads a text that is not empty; an empty one counts as absent, as it does for the official client.
    Optional<String> text(String name) {
        return get(name)
                .map(member -> {
                    if (!member.isString()) {
                        throw invalid(name, "must be a string");
                    }
                    return StorableText.check(path + "." + name, member.text());
                })
                .filter(text -> !text.isEmpty());
    }

    Optional<Boolean> flag(String name) {
        return get(name).map(member -> {
            if (member.isString()
                    || !(member.text().equals("true") || member.text().equals("false"))) {
                throw invalid(name, "must be true or false");
            }
            return member.text().equals("true");
        });
    }

    Optional<BigDecimal> number(String name) {
        return get(name).map(member -> {
            try {
                if (!member.isString()) {
                    return new BigDecimal(member.text());
                }
            } catch (NumberFormatException _) {
                // An object, an array or a boolean; told below.
            }
            throw invalid(name, "must be a number");
        });
    }

    /// Reads a whole number of at least the given one.
    Optional<Integer> integer(String name, int least) {
        return number(name).map(number -> {
            try {
                int value = number.intValueExact();
                if (value >= least) {
                    return value;
                }
            } catch (ArithmeticException _) {
                // A fraction, or beyond 32 bits; told below.
            }
            throw invalid(name, "must be a whole number of at least " + least);
        });
    }

    ApiException invalid(String name, String rule) {
        return ApiException.invalid(path + "." + name, rule);
    }
}
