//! Reads and changes the settings of a Managed HSM.

use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::settings::models::{
    Setting, SettingTypeEnum, SettingsListResult, UpdateSettingRequest,
};
use keyvault_rest::settings::{GetSetting, GetSettings, UpdateSetting};
use keyvault_rest::{Endpoint, Error, Operation};

const SETTING: &str = "AllowKeyManagementOperationsThroughARM";

fn all(hsm: &Endpoint, send: Send) -> Result<Vec<Setting>, Error> {
    let request = GetSettings::new().request(hsm)?;
    let list: SettingsListResult = GetSettings::new().response(send(request))?.into_body();
    Ok(list.settings.unwrap_or_default())
}

fn switch(hsm: &Endpoint, send: Send, on: bool) -> Result<Setting, Error> {
    let update = UpdateSetting::new(SETTING, UpdateSettingRequest::new(on.to_string()));
    Ok(update.response(send(update.request(hsm)?))?.into_body())
}

fn is_on(hsm: &Endpoint, send: Send) -> Result<Option<bool>, Error> {
    let get = GetSetting::new(SETTING);
    let setting = get.response(send(get.request(hsm)?))?.into_body();
    let is_boolean = setting.r#type == Some(SettingTypeEnum::Boolean);
    Ok(setting.value.parse().ok().filter(|_| is_boolean))
}

type Send = fn(Request<Vec<u8>>) -> Response<Vec<u8>>;

fn service(request: Request<Vec<u8>>) -> Response<Vec<u8>> {
    assert!(request.uri().path().ends_with(SETTING));
    let setting = format!(r#"{{"name": "{SETTING}", "value": "true", "type": "boolean"}}"#);
    Response::new(setting.into_bytes())
}

fn main() {
    let hsm = Endpoint::new("https://myhsm.managedhsm.azure.net").unwrap();
    assert_eq!(switch(&hsm, service, true).unwrap().name, SETTING);
    assert_eq!(is_on(&hsm, service).unwrap(), Some(true));
    let _ = all;
}
