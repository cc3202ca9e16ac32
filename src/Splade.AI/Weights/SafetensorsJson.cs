using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Splade.AI.Weights;

/// <summary>Reads the JSON of a safetensors header, one token after the other. All that it makes are the tensors, their names and shapes.</summary>
internal ref struct SafetensorsJson
{
    /// <summary>What a tensor takes of memory, besides its name and its shape, in the dictionary and in the order of the file.</summary>
    private const int BytesOfTensor = 200;

    /// <summary>The longest text with escapes that is decoded without memory of its own.</summary>
    private const int ShortText = 256;

    private static readonly string[] CommonTypes = ["F32", "F16", "BF16"];

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
            if (_json.TokenType == JsonTokenType.PropertyName && _json.CurrentDepth == 1)
            {
                count++;
                _file.Memory.Spend(BytesOfTensor + (sizeof(char) * (long)_json.ValueSpan.Length));
            }
        }

        return count;
    }

    // What has an escape in it is decoded to be looked at, which throws where it is no text: it is longer than what becomes of it.
    private readonly void RequireText()
    {
        if (_json.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return;
        }

        int length = _json.ValueSpan.Length;
        if (!_json.ValueIsEscaped)
        {
            _ = Utf8.IsValid(_json.ValueSpan) ? length : throw NoText();
            return;
        }

        _file.Memory.Spend(length <= ShortText ? 0 : length);
        _json.CopyString(length <= ShortText ? stackalloc byte[ShortText] : new byte[length]);
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
        long[]? shape = null;
        (long Begin, long End)? offsets = null;
        Span<long> numbers = stackalloc long[WeightTensor.MostDimensions];
        (bool Type, bool Shape, bool Offsets) seen = default;
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            _json.Skip();
            return SafetensorsEntry.Place(name, type, shape, offsets, _dataStart, _file);
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
                shape = TakeNumbers(name, "shape", numbers) is int count ? numbers[..count].ToArray() : null;
                _file.Memory.Spend(sizeof(long) * (shape?.Length ?? 0));
            }
            else if (_json.ValueTextEquals("data_offsets"u8))
            {
                Once(ref seen.Offsets, "data_offsets");
                offsets = TakeNumbers(name, "data_offsets", numbers[..2]) == 2 ? (numbers[0], numbers[1]) : null;
            }
            else
            {
                _json.Read();
                _json.Skip();
            }
        }

        return SafetensorsEntry.Place(name, type, shape, offsets, _dataStart, _file);
    }

    private static void Once(ref bool isSeen, string member) => isSeen = !isSeen ? true : throw Duplicate(member);

    private string? TakeText()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.String)
        {
            // One string for all tensors of a type.
            foreach (string common in CommonTypes)
            {
                if (_json.ValueTextEquals(common))
                {
                    return common;
                }
            }

            return _json.GetString();
        }

        _json.Skip();
        return null;
    }

    /// <summary>How many numbers a list has; null if there is none.</summary>
    private int? TakeNumbers(string name, string list, scoped Span<long> numbers)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            _json.Skip();
            return null;
        }

        int count = 0;
        for (; _json.Read() && _json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long number) || number < 0)
            {
                string found = ShortNames.Cut(Encoding.UTF8.GetString(_json.ValueSpan));
                throw new FormatException($"Tensor '{ShortNames.Cut(name)}' has {found} in '{list}', expected whole numbers of 0 or more.");
            }

            if (count < numbers.Length)
            {
                numbers[count] = number;
            }
        }

        return count <= numbers.Length ? count : throw new FormatException(
            $"Tensor '{ShortNames.Cut(name)}' has {count} numbers in '{list}', expected at most {numbers.Length}.");
    }
}
