namespace Splade.AI.Tests.Policy;

/// <summary>A path in a folder of its own, deleted at the end of the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splade-policy-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "policy.json");

    public string[] Neighbours => [.. _folder.GetFiles().Select(f => f.Name)];

    public void Dispose() => _folder.Delete(recursive: true);
}
