using System.Net;
using System.Text.Json;
using Splade.AI.Weights;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>What went wrong with a model's name, in words that say what to do.</summary>
internal static class HubErrors
{
    public static SpladeModelException NotAModel(string nameOrFolder) => new(
        "There is no such folder, and it is no name of a model either. Expected a folder, or owner/name as on the hub.",
        Path.GetFullPath(nameOrFolder));

    /// <summary>What was to be a folder is none, and nothing may be looked for in the hub's cache.</summary>
    /// <param name="given">What was given as a folder.</param>
    /// <param name="path">The folder that it would be.</param>
    public static SpladeModelException NoFolder(string given, string path) => new(
        ModelName.TryParse(given, out ModelName? name)
            ? $"There is no such folder. If '{name}' is a model's name on the Hugging Face hub, set Hub of the options to a "
                + $"{nameof(SpladeModelHub)}, or give the folder that {nameof(SpladeModelHub)}.{nameof(SpladeModelHub.ResolveAsync)} finds for it."
            : "There is no such folder. Expected the folder of a model, not the name of one or a file in it.",
        path);

    public static SpladeModelException NotCached(CacheRepository cache, string revision, string? missing, HubSettings settings)
    {
        string found = missing is null
            ? $"The model '{cache.Name}' (revision '{revision}') is not in the cache, nor is there a folder {Path.GetFullPath(cache.Name.ToString())}."
            : $"The model '{cache.Name}' (revision '{revision}') is in the cache without {missing}.";
        string reason = settings.MayDownload
            ? "the network is forbidden (Offline, HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE)"
            : "downloads are not allowed";
        return new SpladeModelException(
            $"{found} It was not downloaded, because {reason}. Fetch it with `splade pull {cache.Name}`, or set "
            + $"{nameof(SpladeModelHubOptions)}.{nameof(SpladeModelHubOptions.Download)} to true.",
            cache.Folder);
    }

    /// <summary>A repository has no complete model in a form that is read.</summary>
    /// <param name="cache">Where it would have been.</param>
    /// <param name="selection">What the repository has.</param>
    /// <param name="wanted">The file that was asked for; null for none.</param>
    public static SpladeModelException Unusable(CacheRepository cache, ModelFileSelection selection, string? wanted)
    {
        if (selection.ModelFile is string found)
        {
            return new SpladeModelException(
                $"The repository '{cache.Name}' has {found} but not {selection.Missing}. Expected the files that Sentence Transformers writes; "
                + "save the model with it and load that folder.", cache.Folder);
        }

        string has = selection.Others.Count == 0 ? "nothing in another form" : List(selection.Others);
        bool canBeNamed = selection.Others.Any(path => SpladeModelHubOptions.IsModelFile(path));
        string remedy = canBeNamed ? $"name one of them in {nameof(SpladeModelHubOptions)}.{nameof(SpladeModelHubOptions.ModelFile)}."
            : selection.Others.Any(path => path.Contains("adapter", StringComparison.Ordinal)) ? "an adapter changes another model: merge it into that one, save the result and load that folder."
            : "choose another model, or save this one with transformers or Sentence Transformers and load that folder.";
        return new SpladeModelException(
            wanted is null
                ? $"The repository '{cache.Name}' has no ONNX file of the usual name and no weights that are read. Expected onnx/model.onnx or model.onnx, or "
                    + $"{CheckpointForm.Names}. It has {has}: {remedy}"
                : $"The repository '{cache.Name}' has no '{wanted}'. It has {has}: {remedy}",
            cache.Folder);
    }

    public static SpladeModelException NoData(CacheRepository cache, string modelFile, string missing) => new(
        $"{modelFile} keeps numbers in '{missing}', and the repository '{cache.Name}' has no such file. Expected all files that it "
        + $"names. Tell its owner, or choose another of its files by {nameof(SpladeModelHubOptions)}.{nameof(SpladeModelHubOptions.ModelFile)}.",
        cache.Folder);

    /// <summary>Whether an error is one that a server, a network or a disk may cause, and no mistake of ours.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is HttpRequestException or IOException or UnauthorizedAccessException or InvalidDataException or JsonException;

    public static SpladeModelException Explain(Exception exception, CacheRepository cache, string revision, string endpoint)
    {
        string message = exception switch
        {
            HubResponseException response => Explain(response, cache.Name, revision, endpoint),
            HttpRequestException request =>
                $"Downloading '{cache.Name}' failed: {request.Message} Try again; what has arrived is kept. "
                + $"Check the network, the proxy and HF_ENDPOINT ({endpoint}).",
            InvalidDataException corrupt =>
                $"Downloading '{cache.Name}' failed: {corrupt.Message} Try again; if it stays so, the endpoint {endpoint} is at fault.",
            JsonException json =>
                $"{endpoint} answered the request for the files of '{cache.Name}' with something else: {json.Message} Check HF_ENDPOINT.",
            _ => $"The cache cannot be read or written: {exception.Message.TrimEnd('.')}. Free some space, give this process the rights to the folder, "
                + "or choose another folder by HF_HUB_CACHE. What has arrived is kept.",
        };
        return new SpladeModelException(message, cache.Folder, exception);
    }

    private static string Explain(HubResponseException response, ModelName name, string revision, string endpoint)
    {
        string said = response.ErrorMessage is string words ? $"{response.Message} It said: {words}" : response.Message;
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when response.FromEndpoint =>
                $"The hub refused access to '{name}'. {said} The model is gated or private, or its name is wrong: "
                + $"accept its terms at {endpoint}/{name}, and set HF_TOKEN to a token that may read it.",
            HttpStatusCode.NotFound when response.ErrorCode == "RevisionNotFound" =>
                $"'{name}' has no revision '{revision}'. {said} Expected one of its branches, tags or commits.",
            HttpStatusCode.NotFound =>
                $"The hub has no model '{name}' with the revision '{revision}'. {said} Check both at {endpoint}.",
            HttpStatusCode.TooManyRequests =>
                $"The hub limits how often it may be asked. {said} Try again "
                + $"{(response.RetryAfter is TimeSpan wait ? $"in {wait.TotalSeconds:0} seconds" : "later")}; with HF_TOKEN set the limit is higher.",
            _ => $"The hub failed to deliver '{name}'. {said} Try again later; what has arrived is kept.",
        };
    }

    private static string List(IReadOnlyList<string> paths)
    {
        const int Most = 8;
        return string.Join(", ", paths.Take(Most)) + (paths.Count > Most ? $" and {paths.Count - Most} more" : "");
    }
}
