using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>Reads one vector of a safetensors file: 8 bytes with the length of a JSON header, the header, the data.</summary>
/// <remarks>The format: github.com/huggingface/safetensors, README, section "Format". Numbers are little-endian.</remarks>
internal static class SafetensorsFile
{
    /// <summary>A longer header is refused by the format's own library too.</summary>
    private const long MaxHeader = 100_000_000;

    public static float[] ReadVector(string path, string name)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            return ReadVector(file, name, path);
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new SpladeModelException("The file is not a whole safetensors file. Copy it again from its origin.", path, e);
        }
    }

    private static float[] ReadVector(FileStream file, string name, string path)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        file.ReadExactly(prefix);
        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (headerLength is < 2 or > MaxHeader || headerLength > file.Length)
        {
            throw new FormatException($"Header of {headerLength} bytes.");
        }

        byte[] header = new byte[headerLength];
        file.ReadExactly(header);
        using JsonDocument json = JsonDocument.Parse(header);
        JsonElement tensor = json.RootElement.GetProperty(name);
        string? type = tensor.Text("dtype");
        int[] shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).Where(d => d != 1)];
        if (type != "F32" || shape is not [int length])
        {
            throw new SpladeModelException($"'{name}' is {type} of shape [{string.Join(", ", shape)}], expected a vector of F32.", path);
        }

        JsonElement offsets = tensor.GetProperty("data_offsets");
        float[] vector = new float[length];
        if (offsets[1].GetInt64() - offsets[0].GetInt64() != (long)length * sizeof(float))
        {
            throw new FormatException("The offsets do not fit the shape.");
        }

        file.Position = sizeof(long) + headerLength + offsets[0].GetInt64();
        file.ReadExactly(MemoryMarshal.AsBytes(vector.AsSpan()));
        return vector;
    }
}
