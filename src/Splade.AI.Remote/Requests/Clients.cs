namespace Splade.AI.Remote.Requests;

/// <summary>The arguments of an encoder's constructor, checked.</summary>
internal static class Clients
{
    public static Func<HttpClient> Own(HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return () => client;
    }

    public static TOptions Copy<TOptions>(TOptions options)
        where TOptions : RemoteEncoderOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        return (TOptions)options.Copy();
    }
}
