using System.Text;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>What goes wrong with one request to <see cref="HubServer"/>.</summary>
internal sealed record HubFault
{
    /// <summary>An answer that is sent instead.</summary>
    public HubResponse? Response { get; private init; }

    /// <summary>Where the client is sent instead.</summary>
    public string? Redirect { get; private init; }

    /// <summary>After how many bytes of the content the connection is cut or goes silent.</summary>
    public int? BytesSent { get; private init; }

    /// <summary>Until when it stays silent; null if it is cut.</summary>
    public Task? Pause { get; private init; }

    public static HubFault Status(int status, params (string Name, string Value)[] headers) => new() { Response = HubResponse.Error(status, headers: headers) };

    public static HubFault Answer(string body) => Answer(Encoding.UTF8.GetBytes(body));

    public static HubFault Answer(byte[] body) => new() { Response = new HubResponse(200, [], body) };

    public static HubFault RedirectTo(string address) => new() { Redirect = address };

    public static HubFault CutAfter(int bytes) => new() { BytesSent = bytes };

    public static HubFault PauseAfter(int bytes, Task pause) => new() { BytesSent = bytes, Pause = pause };
}
