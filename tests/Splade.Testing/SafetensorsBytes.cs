using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Splade.Testing;

/// <summary>Writes what stands at the beginning of a safetensors file.</summary>
public static class SafetensorsBytes
{
    /// <summary>The length of a header, and the header.</summary>
    public static byte[] Of(string json)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        return [.. BitConverter.GetBytes((long)header.Length), .. header];
    }

    /// <summary>The header of tensors of 32-bit floats that lie one after the other.</summary>
    public static byte[] Of(IEnumerable<(string Name, long[] Shape)> tensors)
    {
        var header = new JsonObject();
        long end = 0;
        foreach ((string name, long[] shape) in tensors)
        {
            long begin = end;
            end += shape.Aggregate((long)sizeof(float), (product, length) => product * length);
            header[name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = JsonSerializer.SerializeToNode(shape),
                ["data_offsets"] = new JsonArray(begin, end),
            };
        }

        return Of(header.ToJsonString());
    }
}
