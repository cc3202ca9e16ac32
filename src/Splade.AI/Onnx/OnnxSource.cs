using Splade.AI.OnnxGraph;

namespace Splade.AI.Onnx;

/// <summary>What a session is opened on: a file as it is, or what it was rewritten to in memory.</summary>
/// <param name="Path">The file. Its external data, if any, lies beside it.</param>
/// <param name="Rewritten">What runs instead of it; null for the file itself.</param>
internal sealed record OnnxSource(string Path, RewrittenModel? Rewritten = null)
{
    private IReadOnlyList<string>? _files = Rewritten?.Files;

    /// <summary>Looks up which files a session reads: the model's own, and those of its external data.</summary>
    /// <exception cref="SpladeModelException">A tensor is said to be outside the model's folder.</exception>
    public IReadOnlyList<string> FindFiles() => _files ??= OnnxFile.FindFiles(Path);

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
