using Splade.AI;
using Splade.AI.ModelFiles.Hub;

namespace Splade.Cli.Terminal;

/// <summary>Models by what stands for FOLDER on the command line: a folder, or a name that is in the local cache.</summary>
internal static class Models
{
    public static Task<string> FindAsync(string folderOrName, CancellationToken cancellationToken) =>
        new SpladeModelHub(new SpladeModelHubOptions { Download = HubDownload.Never, LoggerFactory = new WarningLog() })
            .ResolveAsync(folderOrName, cancellationToken: cancellationToken);

    public static async Task<SpladeEngine> LoadAsync(string folderOrName, CancellationToken cancellationToken)
    {
        string folder = await FindAsync(folderOrName, cancellationToken).ConfigureAwait(false);
        return await SpladeEngine.CreateAsync(new SpladeEngineOptions(folder) { LoggerFactory = new WarningLog() }, cancellationToken).ConfigureAwait(false);
    }
}
