package dev.runyard.webapp.api.shared;

import dev.runyard.webapp.api.shared.JsonText.Member;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Members of an object in the body, each read as the type that it must have. A member that is null counts as absent.
///
/// @param path where the object stands, such as `options`; empty for the body itself
/// @param members those that are not null
/// @param json takes nested objects apart
public record JsonMembers(String path, Map<String, Member> members, JsonText json) {

    /// Reads a nested object; without members where it is absent.
    public static JsonMembers of(String path, Optional<Member> member, JsonText json) {
        if (member.isEmpty()) {
            return new JsonMembers(path, Map.of(), json);
        }
        return json.members(member.get().text())
                .filter(_ -> !member.get().isString())
                .map(members -> new JsonMembers(path, members, json))
                .orElseThrow(() -> ApiException.invalid(path, "must be an object"));
    }

    /// Returns a member as it came.
    public Optional<Member> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /// Reads an object; without members where it is absent.
    public JsonMembers object(String name) {
        return of(at(name), get(name), json);
    }

    /// Reads a text that is not empty; an empty one counts as absent, as it does for the official client.
    public Optional<String> text(String name) {
        return get(name)
                .map(member -> {
                    if (!member.isString()) {
                        throw invalid(name, "must be a string");
                    }
                    return StorableText.check(at(name), member.text());
                })
                .filter(text -> !text.isEmpty());
    }

    /// Reads true or false.
    public Optional<Boolean> flag(String name) {
        return get(name).map(member -> {
            if (member.isString()
                    || !(member.text().equals("true") || member.text().equals("false"))) {
                throw invalid(name, "must be true or false");
            }
            return member.text().equals("true");
        });
    }

    /// Reads a number of any size.
    public Optional<BigDecimal> number(String name) {
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
    public Optional<Integer> integer(String name, int least) {
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

    /// Reads a text, or several: one that is no array counts as an array of one.
    public List<String> texts(String name) {
        return get(name)
                .map(member -> member.isString() ? List.of(member.text()) : elements(name, member))
                .orElse(List.of())
                .stream()
                .map(text -> StorableText.check(at(name), text))
                .toList();
    }

    private List<String> elements(String name, Member member) {
        List<Member> elements = json.elements(member.text())
                .filter(all -> all.stream().allMatch(Member::isString))
                .orElseThrow(() -> invalid(name, "must be a string or an array of strings"));
        return elements.stream().map(Member::text).toList();
    }

    /// Reads an array of objects; empty where it is absent.
    public List<JsonMembers> objects(String name) {
        List<Member> elements = get(name)
                .map(member -> json.elements(member.isString() ? "" : member.text())
                        .orElseThrow(() -> invalid(name, "must be an array of objects")))
                .orElse(List.of());
        return IntStream.range(0, elements.size())
                .mapToObj(i -> of(at(name) + "." + i, Optional.of(elements.get(i)), json))
                .toList();
    }

    /// Returns where a member stands.
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// Refuses the value of a member.
    public ApiException invalid(String name, String rule) {
        return ApiException.invalid(at(name), rule);
    }
}
