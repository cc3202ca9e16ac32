namespace Splade.Testing;

/// <summary>A test of what Windows does not have: named pipes, device files, links that anybody may make, files that go while they are open.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no such files.";
        }
    }
}
