namespace Splade.AI.Tests.TestData;

/// <summary>What renderers wrote when somebody last looked at it and found it good.</summary>
internal static class ApprovedText
{
    /// <summary>Compares with the approved file. If they differ, what was received is written beside it.</summary>
    /// <param name="approved">The approved file.</param>
    /// <param name="actual">What was written now.</param>
    public static void AssertSame(string approved, string actual)
    {
        string received = $"{approved}.received.txt";
        File.Delete(received);
        if (!File.Exists(approved) || File.ReadAllText(approved) != actual)
        {
            File.WriteAllText(received, actual);
            Assert.Fail($"{Path.GetFileName(approved)} is rendered differently. Look at it; if it is meant, copy {received} over {approved}.\n{actual}");
        }
    }
}
