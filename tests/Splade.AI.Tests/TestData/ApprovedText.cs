namespace Splade.AI.Tests.TestData;

/// <summary>What renderers wrote when somebody last looked at it and found it good.</summary>
internal static class ApprovedText
{
    private static readonly string Folder = Path.Combine(Repository.TestData, "renderings");

    /// <summary>Compares with the approved file. If they differ, what was received is written beside it.</summary>
    /// <param name="name">The name of the approved file.</param>
    /// <param name="actual">What was written now.</param>
    public static void AssertSame(string name, string actual)
    {
        string approved = Path.Combine(Folder, name);
        string received = Path.Combine(Folder, $"{name}.received.txt");
        File.Delete(received);
        if (!File.Exists(approved) || File.ReadAllText(approved) != actual)
        {
            File.WriteAllText(received, actual);
            Assert.Fail($"{name} is rendered differently. Look at it; if it is meant, copy {received} over {approved}.\n{actual}");
        }
    }
}
