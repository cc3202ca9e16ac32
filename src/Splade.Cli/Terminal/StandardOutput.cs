namespace Splade.Cli.Terminal;

/// <summary>Results for people: UTF-8 with LF.</summary>
internal static class StandardOutput
{
    public static Task WriteAsync(string text, CancellationToken cancellationToken) =>
        StandardStreams.WriteAsync(StandardStreams.Standard, text, cancellationToken);
}
