using System.CommandLine;
using Splade.AI.ModelFiles;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Writes a model as an ordinary ONNX file, for other runtimes.</summary>
internal static class ExportCommand
{
    private const string Description =
        "Write a model's graph with its weights as an ordinary ONNX file, which any runtime loads, and print its path. "
        + "It gives what the neural model gives for each token; pooling is left to whoever runs it";

    public static Command Create()
    {
        Argument<string> folder = Parameters.Folder();
        Argument<string> path = new("OUT.onnx") { Description = "The file to write. Of more than 2 GB, the weights go to OUT.onnx.data beside it" };
        Option<string?> file = new("--file")
        {
            Description = "Which file of the folder to load, such as model.safetensors [default: the ONNX file, else the weights]",
            HelpName = "FILE",
        };
        return new Command("export", Description) { folder, path, file }.Runs((result, cancellationToken) =>
            RunAsync(result.GetRequiredValue(folder), result.GetRequiredValue(path), result.GetValue(file), cancellationToken));
    }

    private static async Task<int> RunAsync(string folderOrName, string path, string? file, CancellationToken cancellationToken)
    {
        string folder = await Models.FindAsync(folderOrName, cancellationToken).ConfigureAwait(false);
        using var progress = new ShareProgress("Writing");
        IReadOnlyList<string> written = await ModelExporter.ExportOnnxAsync(folder, path, file, progress, cancellationToken).ConfigureAwait(false);
        await StandardOutput.WritePathAsync(written[0], cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
