using System.CommandLine;
using Splade.AI;
using Splade.Cli.Health;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Writes down what a model makes of some texts, for `splade doctor` to check later or elsewhere.</summary>
internal static class GoldenCommand
{
    private const string Description =
        $"Write {GoldenFile.Name} into FOLDER: file hashes, and texts with their ids and vectors. `splade doctor` checks it later";

    public static Command Create()
    {
        Argument<string> folder = Parameters.Folder();
        return new Command("golden", Description) { folder }
            .Runs(async (result, cancellationToken) =>
            {
                using SpladeEngine engine = await Models.LoadAsync(result.GetRequiredValue(folder), cancellationToken).ConfigureAwait(false);
                GoldenFile golden = await GoldenFile.MakeAsync(engine, cancellationToken).ConfigureAwait(false);
                string path = GoldenFile.PathIn(engine.Model.Folder);
                golden.Write(path);
                await StandardOutput.WritePathAsync(path, cancellationToken).ConfigureAwait(false);
                return ExitCodes.Done;
            });
    }
}
