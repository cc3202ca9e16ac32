using Splade.AI.OnnxGraph;

namespace Splade.AI.Onnx;

/// <summary>What a session is opened on: a graph as it is, or what it was rewritten to in memory.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Rewritten">What runs instead of it; null for the graph itself.</param>
internal sealed record OnnxSource(GraphSource Graph, RewrittenModel? Rewritten = null)
{
    private IReadOnlyList<string>? _files = Rewritten?.Files;

    /// <summary>The names of the outputs that are read; null to find those of a model that gives one row for each token or text.</summary>
    public IReadOnlyList<string>? Outputs { get; init; }

    /// <summary>The file that errors name.</summary>
    public string Path => Graph.Path;

    /// <summary>The model in memory, and the folder with the files that its big tensors are in; null if a file is opened.</summary>
    public (byte[] Model, string InitializerFolder)? InMemory =>
        Rewritten is not null ? (Rewritten.Model, Rewritten.InitializerFolder)
        : Graph.Written is not null ? (Graph.Written, Graph.Folder)
        : null;

    /// <summary>Looks up which files a session reads: the model's own, and those of its external data.</summary>
    /// <exception cref="SpladeModelException">A tensor is said to be outside the model's folder.</exception>
    public IReadOnlyList<string> FindFiles() => _files ??= Graph.FindFiles();

    /// <summary>Refuses files that must not be opened: ONNX Runtime would wait for a named pipe, and read a device for ever.</summary>
    /// <exception cref="SpladeModelException">A file is missing, is no regular file, or may not be read.</exception>
    public void RequireFiles()
    {
        foreach (string file in FindFiles())
        {
            FileBytes.Open(file).Dispose();
        }
    }
}
