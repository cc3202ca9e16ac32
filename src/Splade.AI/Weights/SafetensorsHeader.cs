using System.Buffers.Binary;
using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.Weights;

/// <summary>Reads the header of a safetensors file: 8 bytes with its length, then JSON with the type, shape and place of each tensor.</summary>
/// <remarks>
/// The format: github.com/huggingface/safetensors, README, section "Format". Nothing that the header says is believed before it is compared
/// with the length of the file: tensors lie one after the other, without holes, and end where the file ends.
/// </remarks>
internal static class SafetensorsHeader
{
    /// <summary>A longer header is refused by the format's own library too.</summary>
    private const long MaxLength = 100_000_000;

    /// <summary>The most bytes that are read. A tensor takes some hundred; parsed, they take many times the room.</summary>
    private const long MaxRead = 16 << 20;

    private const string Metadata = "__metadata__";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The tensors by name.</summary>
    /// <exception cref="FormatException">The header is damaged, or does not fit the file. The message says where.</exception>
    /// <exception cref="NotSupportedException">A tensor is of a type that is not read.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(WeightFile file)
    {
        byte[] header = ReadBytes(file);
        try
        {
            using JsonDocument json = Parse(header);
            JsonText.Require(json.RootElement);
            var tensors = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                if (property.Name == Metadata)
                {
                    RequireTexts(property.Value);
                }
                else
                {
                    tensors.Add(property.Name, ReadTensor(property.Name, property.Value, sizeof(long) + header.Length, file));
                }
            }

            RequireOrder(tensors.Values, sizeof(long) + header.Length, file.Length);
            return tensors;
        }
        catch (JsonException e)
        {
            throw new FormatException($"Its header cannot be read as JSON: {e.Message}", e);
        }
    }

    // To find names that are there twice, the parser reads them all, and does not call one that is no text a fault of the JSON.
    private static JsonDocument Parse(byte[] header)
    {
        try
        {
            return JsonDocument.Parse(header, Strict);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A name in it has half a surrogate pair.", e);
        }
    }

    private static byte[] ReadBytes(WeightFile file)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        if (file.Length < prefix.Length)
        {
            throw new FormatException($"It has {file.Length} bytes, expected at least {prefix.Length}.");
        }

        file.Read(0, prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is < 2 or > MaxLength || !file.Has(prefix.Length, (long)length))
        {
            throw new FormatException($"Its header is said to have {length} bytes, in a file of {file.Length}; expected at most {MaxLength}.");
        }

        if (length > MaxRead)
        {
            throw new FormatException($"Its header has {length} bytes, expected at most {MaxRead}: no model has tensors for more.");
        }

        byte[] header = file.ReadBytes(prefix.Length, (long)length);
        return header[0] == '{' ? header : throw new FormatException("Its header is no object: it does not begin with '{'.");
    }

    private static void RequireTexts(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object || metadata.EnumerateObject().Any(p => p.Value.ValueKind != JsonValueKind.String))
        {
            throw new FormatException($"Its '{Metadata}' is not an object of strings.");
        }
    }

    private static WeightTensor ReadTensor(string name, JsonElement json, long dataStart, WeightFile file)
    {
        string typeName = json.Text("dtype") ?? throw new FormatException($"Tensor '{name}' has no 'dtype'.");
        var type = SafetensorsType.Of(typeName, name);
        long[] shape = Numbers(name, json, "shape", WeightTensor.MostDimensions);
        if (Numbers(name, json, "data_offsets", 2) is not [long begin, long end])
        {
            throw new FormatException($"Tensor '{name}' has no 'data_offsets', expected where it begins and ends.");
        }

        if (end < begin || begin > long.MaxValue - dataStart)
        {
            throw new FormatException($"Tensor '{name}' is said to begin at byte {begin} of the data and to end at byte {end}.");
        }

        var tensor = new WeightTensor(name, file.Path, dataStart + begin, end - begin, type.Type, typeName, shape);
        long? expected = WeightTensor.BytesOf(shape, type.Size);
        return expected == tensor.Length ? tensor : throw new FormatException(
            $"Tensor '{name}' is said to have {tensor.Length} bytes, but {tensor} takes "
            + (expected is long bytes ? $"{bytes}." : "more than any file has."));
    }

    private static long[] Numbers(string name, JsonElement json, string list, int most)
    {
        JsonElement numbers = json.Member(list, JsonValueKind.Array) ?? throw new FormatException($"Tensor '{name}' has no '{list}'.");
        if (numbers.GetArrayLength() > most)
        {
            throw new FormatException($"Tensor '{name}' has {numbers.GetArrayLength()} numbers in '{list}', expected at most {most}.");
        }

        return [.. numbers.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Number && n.TryGetInt64(out long number) && number >= 0
            ? number
            : throw new FormatException($"Tensor '{name}' has {n} in '{list}', expected whole numbers of 0 or more."))];
    }

    private static void RequireOrder(IEnumerable<WeightTensor> tensors, long dataStart, long fileLength)
    {
        long end = dataStart;
        foreach (WeightTensor tensor in tensors.OrderBy(t => t.Offset).ThenBy(t => t.Length))
        {
            if (tensor.Offset != end || tensor.Length > fileLength - end)
            {
                throw new FormatException(
                    $"Tensor '{tensor.Name}' is said to lie from byte {tensor.Offset} on, with {tensor.Length} bytes. Expected it from byte {end} on, "
                    + $"in a file of {fileLength}.");
            }

            end += tensor.Length;
        }

        if (end != fileLength)
        {
            throw new FormatException($"Its tensors end at byte {end}, and the file at byte {fileLength}.");
        }
    }
}
