using System.CommandLine;
using Splade.AI;
using Splade.AI.ModelFiles;
using Splade.AI.ModelFiles.Catalog;
using Splade.AI.ModelFiles.Hub;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Fetches a model by its name into the local cache, and tries it.</summary>
internal static class PullCommand
{
    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = "The model's name on the Hugging Face hub: owner/name. `splade models` lists some" };
        Option<string?> revision = new("--revision") { Description = "A branch, a tag or a commit [default: main]", HelpName = "R" };
        Option<bool> offline = new("--offline") { Description = "Do not use the network: succeed only if the cache has the model" };
        Option<bool> noCheck = new("--no-check") { Description = "Do not load the model and encode a sentence once it is there" };
        return new Command(
            "pull",
            "Fetch a model by its name into the local Hugging Face cache: an ONNX file, or the weights once. Load it, encode a sentence, and print its folder. "
            + "Reads HF_HOME, HF_HUB_CACHE, HF_ENDPOINT, HF_TOKEN and HF_HUB_OFFLINE")
        {
            name, revision, offline, noCheck,
        }.Runs((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(name), result.GetValue(revision), result.GetValue(offline), !result.GetValue(noCheck), cancellationToken));
    }

    private static async Task<int> RunAsync(string name, string? revision, bool offline, bool check, CancellationToken cancellationToken)
    {
        if (File.Exists(name))
        {
            throw new CommandFailedException($"{name}: This is a file. Expected the name of a model, owner/name as on the hub.");
        }

        if (Directory.Exists(name))
        {
            throw new CommandFailedException(
                $"{name}: This is a folder, so there is nothing to fetch. Expected a name; to fetch a model of that name, change to another directory.");
        }

        if (ModelCatalog.Find(name) is { Kind: EncoderKind.Bm25 })
        {
            throw new CommandFailedException(
                $"{name}: There is no model in it, only lists of stop words, so there is nothing to fetch. Give bm25 in the place of a folder.");
        }

        var hub = new SpladeModelHub(new SpladeModelHubOptions { Download = true, Offline = offline, LoggerFactory = new WarningLog() });
        var fetched = new FetchedFiles();
        string folder = await DownloadDisplay.ShowWhileAsync(
            progress => hub.ResolveAsync(name, revision, fetched.Before(progress), cancellationToken)).ConfigureAwait(false);
        StandardError.WriteLine(fetched.ToString());
        if (check)
        {
            StandardError.WriteLine(await CheckAsync(folder, cancellationToken).ConfigureAwait(false));
        }

        await StandardOutput.WritePathAsync(folder, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static async Task<string> CheckAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await ModelTrial.RunAsync(folder, cancellationToken).ConfigureAwait(false);
        }
        catch (SpladeModelException e)
        {
            throw new CommandFailedException($"The model is there and cannot be loaded. {ErrorText.Of(e)} Its files stay in {folder}; --no-check fetches without this.", e);
        }
    }
}
