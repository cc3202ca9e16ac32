using System.Text;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>An answer of <see cref="HubServer"/>.</summary>
internal sealed record HubResponse(int Status, Dictionary<string, string> Headers, byte[] Body)
{
    public static HubResponse Redirect(string to) => new(302, new Dictionary<string, string> { ["Location"] = to }, []);

    public static HubResponse Error(int status, string? code = null, string? message = null, params (string Name, string Value)[] headers)
    {
        var all = headers.ToDictionary(h => h.Name, h => h.Value);
        if (code is not null)
        {
            all["X-Error-Code"] = code;
            all["X-Error-Message"] = message!;
        }

        return new HubResponse(status, all, []);
    }

    /// <summary>Writes the answer, or the part of it that the fault lets through.</summary>
    public async Task WriteAsync(Stream stream, bool headOnly, HubFault? fault, CancellationToken cancellationToken)
    {
        var head = new StringBuilder($"HTTP/1.1 {Status} Status\r\nConnection: close\r\nContent-Length: {Body.Length}\r\n");
        foreach ((string name, string value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), cancellationToken);
        if (headOnly)
        {
            return;
        }

        await stream.WriteAsync(Body.AsMemory(0, Math.Min(Body.Length, fault?.BytesSent ?? Body.Length)), cancellationToken);
        if (fault?.Pause is Task pause)
        {
            await stream.FlushAsync(cancellationToken);
            await pause.WaitAsync(cancellationToken);
            await stream.WriteAsync(Body.AsMemory(Math.Min(Body.Length, fault.BytesSent ?? Body.Length)), cancellationToken);
        }
    }
}
