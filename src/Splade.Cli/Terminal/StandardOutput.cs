using System.Text;

namespace Splade.Cli.Terminal;

/// <summary>Results for people: UTF-8 with LF, whatever the locale and the platform.</summary>
internal static class StandardOutput
{
    public static async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        using Stream output = StandardStreams.OpenOutput(StandardStreams.Standard, StandardStreams.Standard);
        await output.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
