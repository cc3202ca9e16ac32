namespace Splade.AI.ModelFiles.Hub;

/// <summary>Specifies whether a model that is not in the local cache may be fetched.</summary>
public enum HubDownload
{
    /// <summary>The network is never touched: the model is in the local cache, or it is refused.</summary>
    Never,

    /// <summary>
    /// What the cache lacks is downloaded; what it has is used without asking the hub for news of it. Of a model that another library cached
    /// without its <c>modules.json</c>, the hub is asked once whether there is such a file.
    /// </summary>
    IfMissing,
}
