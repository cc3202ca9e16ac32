using System.Buffers.Binary;
using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>Reads the header of a safetensors file: 8 bytes with its length, then JSON with the type, shape and place of each tensor.</summary>
/// <remarks>
/// The format: github.com/huggingface/safetensors, README, section "Format". Nothing that the header says is believed before it is compared
/// with the length of the file: tensors lie one after the other, without holes, and end where the file ends.
/// </remarks>
internal static class SafetensorsHeader
{
    /// <summary>A longer header is refused by the format's own library too.</summary>
    private const long MaxLength = 100_000_000;

    private const string Metadata = "__metadata__";

    /// <summary>The tensors by name.</summary>
    /// <exception cref="FormatException">The header is damaged, or does not fit the file. The message says where.</exception>
    public static IReadOnlyDictionary<string, SafetensorsTensor> Read(Stream file)
    {
        byte[] header = ReadBytes(file);
        try
        {
            using var json = JsonDocument.Parse(header);
            JsonText.Require(json.RootElement);
            SafetensorsTensor[] tensors = [.. ReadTensors(json.RootElement, sizeof(long) + header.Length)];
            RequireOrder(tensors, sizeof(long) + header.Length, file.Length);
            return tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            throw new FormatException($"Its header is no JSON: {e.Message}", e);
        }
    }

    private static byte[] ReadBytes(Stream file)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        if (file.Length < prefix.Length)
        {
            throw new FormatException($"It has {file.Length} bytes, expected at least {prefix.Length}.");
        }

        file.ReadExactly(prefix);
        long length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > MaxLength || length > file.Length - prefix.Length)
        {
            throw new FormatException($"Its header is said to have {length} bytes, in a file of {file.Length}; expected at most {MaxLength}.");
        }

        byte[] header = new byte[length];
        file.ReadExactly(header);
        return header;
    }

    private static IEnumerable<SafetensorsTensor> ReadTensors(JsonElement json, long dataStart)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("Its header is no object.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new FormatException($"Its header names '{property.Name}' twice.");
            }

            if (property.Name != Metadata)
            {
                yield return ReadTensor(property.Name, property.Value, dataStart);
            }
        }
    }

    private static SafetensorsTensor ReadTensor(string name, JsonElement json, long dataStart)
    {
        string type = json.Text("dtype") ?? throw new FormatException($"Tensor '{name}' has no 'dtype'.");
        long[] shape = Numbers(name, json, "shape");
        if (Numbers(name, json, "data_offsets") is not [long begin, long end] || end < begin)
        {
            throw new FormatException($"Tensor '{name}' has no 'data_offsets', expected where it begins and ends.");
        }

        if (BytesOfNumber(type) is int size && BytesOf(shape, size) is var expected && expected != end - begin)
        {
            throw new FormatException(
                $"Tensor '{name}' is said to have {end - begin} bytes, but {type} of shape [{string.Join(", ", shape)}] takes "
                + (expected is long bytes ? $"{bytes}." : "more than any file has."));
        }

        return begin <= long.MaxValue - dataStart
            ? new SafetensorsTensor(name, type, shape, dataStart + begin, end - begin)
            : throw new FormatException($"Tensor '{name}' is said to begin at byte {begin}.");
    }

    private static long[] Numbers(string name, JsonElement json, string list)
    {
        JsonElement numbers = json.Member(list, JsonValueKind.Array) ?? throw new FormatException($"Tensor '{name}' has no '{list}'.");
        return [.. numbers.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Number && n.TryGetInt64(out long number) && number >= 0
            ? number
            : throw new FormatException($"Tensor '{name}' has {n} in '{list}', expected whole numbers of 0 or more."))];
    }

    // Types that are none of these are passed over, as long as they lie where they may.
    private static int? BytesOfNumber(string type) => type switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 1,
        "I16" or "U16" or "F16" or "BF16" => 2,
        "I32" or "U32" or "F32" => 4,
        "I64" or "U64" or "F64" or "C64" => 8,
        _ => null,
    };

    private static long? BytesOf(long[] shape, int size)
    {
        long bytes = size;
        foreach (long dimension in shape)
        {
            if (dimension > 0 && bytes > long.MaxValue / dimension)
            {
                return null;
            }

            bytes *= dimension;
        }

        return bytes;
    }

    private static void RequireOrder(SafetensorsTensor[] tensors, long dataStart, long fileLength)
    {
        long end = dataStart;
        foreach (SafetensorsTensor tensor in tensors.OrderBy(t => t.Offset).ThenBy(t => t.Length))
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
