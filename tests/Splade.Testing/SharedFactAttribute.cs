namespace Splade.Testing;

/// <summary>A test that needs the shared folder, and is skipped with a notice where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (Repository.Shared is null)
        {
            Skip = "There is no folder 'shared' beside the repository, and SPLADE_SHARED names none.";
        }
    }
}
