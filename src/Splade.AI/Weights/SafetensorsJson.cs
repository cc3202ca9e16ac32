using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Splade.AI.Weights;

/// <summary>Reads the JSON of a safetensors header, one token after the other. What it makes are the tensors, their names and shapes, and nothing else.</summary>
internal ref struct SafetensorsJson
{
    private readonly WeightFile _file;
    private readonly long _dataStart;
    private Utf8JsonReader _json;

    private SafetensorsJson(ReadOnlySpan<byte> header, WeightFile file)
    {
        _file = file;
        _dataStart = sizeof(long) + header.Length;
        _json = new Utf8JsonReader(header);
    }

    private static ReadOnlySpan<byte> Metadata => "__metadata__"u8;

    private readonly bool IsText => _json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;

    /// <summary>The tensors by name.</summary>
    /// <exception cref="FormatException">The header is damaged. The message says where.</exception>
    /// <exception cref="NotSupportedException">A tensor is of a type that is not read.</exception>
    public static Dictionary<string, WeightTensor> Read(ReadOnlySpan<byte> header, WeightFile file)
    {
        try
        {
            int count = new SafetensorsJson(header, file).CountMembers();
            return new SafetensorsJson(header, file).ReadTensors(count);
        }
        catch (JsonException e)
        {
            throw new FormatException($"Its header cannot be read as JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw NoText(e);
        }
    }

    private static FormatException NoText(Exception? inner = null) =>
        new("Its header cannot be read as JSON: a string in it has half a surrogate pair, or bytes that are not UTF-8.", inner);

    private static FormatException Duplicate(string name) => new($"Its header cannot be read as JSON: Duplicate name '{ShortNames.Cut(name)}'.");

    private int CountMembers()
    {
        int count = 0;
        while (_json.Read())
        {
            RequireText();
            count += _json.TokenType == JsonTokenType.PropertyName && _json.CurrentDepth == 1 ? 1 : 0;
        }

        return count;
    }

    // What has an escape in it is decoded to be looked at: it is longer than what becomes of it.
    private readonly void RequireText()
    {
        if (IsText && !(_json.ValueIsEscaped ? _json.GetString() is not null : Utf8.IsValid(_json.ValueSpan)))
        {
            throw NoText();
        }
    }

    private Dictionary<string, WeightTensor> ReadTensors(int count)
    {
        var tensors = new Dictionary<string, WeightTensor>(count, StringComparer.Ordinal);
        bool hasMetadata = false;
        _json.Read();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals(Metadata))
            {
                hasMetadata = !hasMetadata ? true : throw Duplicate(Encoding.UTF8.GetString(Metadata));
                RequireTexts();
                continue;
            }

            string name = _json.GetString()!;
            if (!tensors.TryAdd(name, ReadTensor(name)))
            {
                throw Duplicate(name);
            }
        }

        return tensors;
    }

    private void RequireTexts()
    {
        _json.Read();
        bool isObject = _json.TokenType == JsonTokenType.StartObject;
        while (isObject && _json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            _json.Read();
            isObject = _json.TokenType == JsonTokenType.String;
        }

        if (!isObject)
        {
            throw new FormatException($"Its '{Encoding.UTF8.GetString(Metadata)}' is not an object of strings.");
        }
    }

    private WeightTensor ReadTensor(string name)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        (bool Type, bool Shape, bool Offsets) seen = default;
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            _json.Skip();
            return Place(name, type, shape, offsets);
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("dtype"u8))
            {
                Once(ref seen.Type, "dtype");
                type = TakeText();
            }
            else if (_json.ValueTextEquals("shape"u8))
            {
                Once(ref seen.Shape, "shape");
                shape = TakeNumbers(name, "shape", WeightTensor.MostDimensions);
            }
            else if (_json.ValueTextEquals("data_offsets"u8))
            {
                Once(ref seen.Offsets, "data_offsets");
                offsets = TakeNumbers(name, "data_offsets", 2);
            }
            else
            {
                _json.Read();
                _json.Skip();
            }
        }

        return Place(name, type, shape, offsets);
    }

    private static void Once(ref bool isSeen, string member) => isSeen = !isSeen ? true : throw Duplicate(member);

    private string? TakeText()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.String)
        {
            return _json.GetString();
        }

        _json.Skip();
        return null;
    }

    private long[]? TakeNumbers(string name, string list, int most)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            _json.Skip();
            return null;
        }

        Span<long> numbers = stackalloc long[WeightTensor.MostDimensions];
        int count = 0;
        for (; _json.Read() && _json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long number) || number < 0)
            {
                string found = ShortNames.Cut(Encoding.UTF8.GetString(_json.ValueSpan));
                throw new FormatException($"Tensor '{ShortNames.Cut(name)}' has {found} in '{list}', expected whole numbers of 0 or more.");
            }

            if (count < most)
            {
                numbers[count] = number;
            }
        }

        return count <= most ? numbers[..count].ToArray() : throw new FormatException(
            $"Tensor '{ShortNames.Cut(name)}' has {count} numbers in '{list}', expected at most {most}.");
    }

    private readonly WeightTensor Place(string name, string? typeName, long[]? shape, long[]? offsets)
    {
        string shown = ShortNames.Cut(name);
        var type = SafetensorsType.Of(ShortNames.Cut(typeName ?? throw Lacks("dtype")), shown);
        _ = shape ?? throw Lacks("shape");
        if (offsets is not [long begin, long end])
        {
            throw Lacks("data_offsets");
        }

        if (end < begin || begin > long.MaxValue - _dataStart)
        {
            throw new FormatException($"Tensor '{shown}' is said to begin at byte {begin} of the data and to end at byte {end}.");
        }

        var tensor = new WeightTensor(name, _file.Path, _dataStart + begin, end - begin, type.Type, typeName, shape);
        long? expected = WeightTensor.BytesOf(shape, type.Size);
        return expected == tensor.Length ? tensor : throw new FormatException(
            $"Tensor '{shown}' is said to have {tensor.Length} bytes, but {tensor} takes "
            + (expected is long bytes ? $"{bytes}." : "more than any file has."));

        FormatException Lacks(string member) => new($"Tensor '{shown}' has no '{member}'{(member == "data_offsets" ? ", expected where it begins and ends." : ".")}");
    }
}
