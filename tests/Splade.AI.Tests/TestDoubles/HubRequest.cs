using System.Globalization;
using System.Text;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>A request that <see cref="HubServer"/> has got.</summary>
internal sealed record HubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? Host => Headers.GetValueOrDefault("Host");

    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    public string? IfRange => Headers.GetValueOrDefault("If-Range");

    public int? RangeFrom => Headers.GetValueOrDefault("Range") is string range
        ? int.Parse(range.Replace("bytes=", "", StringComparison.Ordinal).TrimEnd('-'), CultureInfo.InvariantCulture)
        : null;

    public static async Task<HubRequest> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        byte[] next = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(next, cancellationToken);
            head.Append((char)next[0]);
        }

        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] first = lines[0].Split(' ');
        return new HubRequest(first[0], first[1], lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(l => l[0], l => l[1], StringComparer.OrdinalIgnoreCase));
    }
}
