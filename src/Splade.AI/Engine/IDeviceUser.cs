namespace Splade.AI;

/// <summary>Implemented by what encodes on devices of this machine: two that share one gain nothing by encoding many texts at once.</summary>
internal interface IDeviceUser
{
    /// <summary>The devices, as users know them; for example <c>cpu</c>.</summary>
    IReadOnlyList<string> Devices { get; }
}
