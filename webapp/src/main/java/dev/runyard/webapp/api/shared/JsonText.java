package dev.runyard.webapp.api.shared;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Takes JSON texts apart without rewriting them: digits, spaces and the order of keys stay as their author wrote them.
@Component
public class JsonText {
    private final JsonMapper json;

    JsonText(JsonMapper json) {
        this.json = json;
    }

    /// A member of an object.
    ///
    /// @param text the value as it stands in the document; for a string, without quotes and escapes
    /// @param isString whether it is a string
    public record Member(String text, boolean isString) {}

    /// Returns the members of an object whose value is not null; empty where the text is no JSON or no
    /// object. Of a name that stands twice, the last counts.
    public Optional<Map<String, Member>> members(String text) {
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Member> members = new HashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                members.put(name, member(parser, token, text));
            }
            members.values()
                    .removeIf(member -> !member.isString() && member.text().equals("null"));
            return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// Returns the members that stand before the place where the text of an object breaks off.
    public Map<String, Member> leadingMembers(String text) {
        Map<String, Member> members = new HashMap<>();
        try (JsonParser parser = json.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                members.put(name, member(parser, parser.nextToken(), text));
            }
        } catch (JacksonException _) {
            // Here it breaks off.
        }
        return members;
    }

    /// Returns the elements of an array; empty where the text is no JSON or no array.
    public Optional<List<Member>> elements(String text) {
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return Optional.empty();
            }
            List<Member> elements = new ArrayList<>();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                elements.add(member(parser, token, text));
            }
            return parser.nextToken() == null ? Optional.of(elements) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// Returns the JSON of one member of an object, also where that is null; empty where there is none.
    public Optional<String> memberText(String text, String name) {
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isWanted = parser.currentName().equals(name);
                JsonToken token = parser.nextToken();
                Member member = member(parser, token, text);
                if (isWanted) {
                    return Optional.of(member.isString() ? json.writeValueAsString(member.text()) : member.text());
                }
            }
            return Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// Tells whether a text is one JSON value.
    public boolean isValid(String text) {
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException _) {
            return false;
        }
    }

    private static Member member(JsonParser parser, JsonToken token, String text) {
        if (token == JsonToken.VALUE_STRING) {
            return new Member(parser.getString(), true);
        }
        if (!token.isStructStart()) {
            return new Member(parser.getString(), false);
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        return new Member(text.substring(start, (int) parser.currentLocation().getCharOffset()), false);
    }
}
