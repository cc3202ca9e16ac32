using System.Text.Json;

namespace Splade.AI.Policy.Json;

/// <summary>Reads JSON token by token. What is not as expected is said with its place.</summary>
internal ref struct PolicyJsonReader
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly PolicySource _source;
    private Utf8JsonReader _json;

    public PolicyJsonReader(PolicySource source)
    {
        _source = source;
        _json = new Utf8JsonReader(source.Json, Options);
    }

    /// <summary>The place of the token that was read last.</summary>
    public readonly PolicyPosition Position => _source.PositionOf(_json.TokenStartIndex);

    /// <summary>Reads the beginning of an object.</summary>
    public void ReadObject(string expected) => Read(JsonTokenType.StartObject, expected);

    /// <summary>Reads the beginning of an array.</summary>
    public void ReadArray(string expected) => Read(JsonTokenType.StartArray, expected);

    /// <summary>Reads the name of the next member, which is none of those before.</summary>
    /// <param name="before">Takes the names.</param>
    /// <param name="known">The names that there may be; null for any.</param>
    /// <param name="name">The name.</param>
    /// <returns>False at the end of the object.</returns>
    public bool TryReadMember(HashSet<string> before, string[]? known, out string name)
    {
        name = "";
        Read();
        if (_json.TokenType == JsonTokenType.EndObject)
        {
            return false;
        }

        name = Text();
        if (known is not null && !known.Contains(name))
        {
            throw Wrong($"Found the member '{name}', expected one of {string.Join(", ", known)}.");
        }

        return before.Add(name) ? true : throw Wrong($"Found the member '{name}' a second time. Put both into one.");
    }

    /// <summary>Reads the beginning of the next object of an array.</summary>
    /// <returns>False at the end of the array.</returns>
    public bool TryReadObject(string expected) => TryRead(JsonTokenType.StartObject, expected);

    /// <summary>Reads the next text of an array.</summary>
    /// <returns>False at the end of the array.</returns>
    public bool TryReadText(string expected, out PolicyText text)
    {
        bool found = TryRead(JsonTokenType.String, expected);
        text = found ? new PolicyText(Text(), Position) : default;
        return found;
    }

    public PolicyText ReadText(string expected)
    {
        Read(JsonTokenType.String, expected);
        return new PolicyText(Text(), Position);
    }

    public double ReadNumber(string expected)
    {
        Read(JsonTokenType.Number, expected);
        return _json.GetDouble();
    }

    /// <summary>Reads on to the end of the file, where nothing is but comments.</summary>
    public void ReadEnd() => Read();

    /// <summary>An error at the token that was read last.</summary>
    public readonly VocabularyPolicyException Wrong(string message) => new(message, Position);

    private bool TryRead(JsonTokenType type, string expected)
    {
        Read();
        if (_json.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        Require(type, expected);
        return true;
    }

    private void Read(JsonTokenType type, string expected)
    {
        Read();
        Require(type, expected);
    }

    private readonly void Require(JsonTokenType type, string expected)
    {
        if (_json.TokenType != type)
        {
            throw Wrong($"Found {Describe(_json.TokenType)}, expected {expected}.");
        }
    }

    private void Read()
    {
        try
        {
            _json.Read();
        }
        catch (JsonException e)
        {
            // The reader puts the place, counted from 0, behind its message.
            string message = e.Message.Split(" LineNumber:")[0];
            throw new VocabularyPolicyException($"This is no JSON: {message}", _source.PositionOf(e.LineNumber ?? 0, e.BytePositionInLine ?? 0), e);
        }
    }

    private readonly string Text()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new VocabularyPolicyException("Found half a surrogate pair, expected text.", Position, e);
        }
    }

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
